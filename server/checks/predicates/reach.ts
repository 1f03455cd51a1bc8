// Why nothing answers at a registry's address, as far as the learner's containers tell.

import type { ContainerState } from '../../engine/types.ts';
import { parseReference } from '../../reference.ts';
import { type Credentials, RegistryDown, type RegistryView } from '../../registry/types.ts';
import { lastAttempt } from '../attempt.ts';
import { pipelinesOf } from '../command-line.ts';
import { code } from '../quoted.ts';
import { fail, notYet, type Outcome, specificFail, type World } from '../types.ts';
import { curlRequests, lastDocker } from './commands.ts';

export interface AskedRegistry {
  registry: string;
  user?: string | undefined;
  password?: string | undefined;
}

/** What `work` says of a registry; where the registry doesn't answer or lets nobody in, why. */
export async function askRegistry(
  world: World,
  asked: AskedRegistry,
  work: (registry: RegistryView) => Promise<Outcome>,
): Promise<Outcome> {
  const { registry: host } = asked;
  const credentials = credentialsOf(asked);
  const registry =
    host === 'docker.io' ? asEmpty(world.registry(host, credentials)) : world.registry(host, credentials);
  const down = host === 'docker.io' ? null : await unreachable(world, host);
  if (down) return down;
  try {
    if ((await registry.status()) === 'login-required') {
      return fail(
        credentials
          ? `The registry at ${code(host)} doesn't take the user ${code(credentials.user)} with the password of this lesson.`
          : `The registry at ${code(host)} asks for a login, which this step doesn't expect.`,
      );
    }
    return await work(registry);
  } catch (error) {
    // It went away while it was asked.
    if (error instanceof RegistryDown)
      return (await unreachable(world, host)) ?? fail('The registry went away. Try again.');
    throw error;
  }
}

function credentialsOf({ user, password }: AskedRegistry): Credentials | undefined {
  return user === undefined ? undefined : { user, password: password ?? '' };
}

/** The practice account's registry starts with its first push: until then it is empty, not away. */
function asEmpty(registry: RegistryView): RegistryView {
  const or = <T>(answer: Promise<T>, empty: T): Promise<T> =>
    answer.catch((error) => {
      if (error instanceof RegistryDown) return empty;
      throw error;
    });
  return {
    host: registry.host,
    status: () => registry.status(),
    repositories: () => or(registry.repositories(), []),
    tags: (repository) => or(registry.tags(repository), null),
    manifest: (repository, tag) => or(registry.manifest(repository, tag), null),
    oldDigest: (repository, tag) => or(registry.oldDigest(repository, tag), null),
    hasBlob: (repository, digest) => or(registry.hasBlob(repository, digest), false),
  };
}

/** Null where a registry answers. Once a running container publishes the port, time may heal the rest. */
export async function unreachable(world: World, host: string): Promise<Outcome | null> {
  const status = await world.registry(host).status();
  if (status === 'up' || status === 'login-required') return null;
  if (status === 'not-a-registry')
    return fail(`Something answers at ${code(host)}, but it isn't a registry. Look at \`docker ps\`.`);
  const containers = await world.engine.containers();
  const port = Number(host.split(':')[1] ?? 80);
  const publisher = containers.find((container) => container.state === 'running' && publishes(container, port));
  if (publisher) {
    return notYet(
      `${code(publisher.name)} runs, but nothing answers at ${code(host)} yet. \`docker logs ${publisher.name}\` shows what it does.`,
    );
  }
  const message = `Nothing answers at ${code(host)}${because(containers)}`;
  return aboutAnOwnRegistry(world) ? specificFail(message) : fail(message);
}

/** `: the container … is stopped. …`, of registries alone. */
export function because(containers: readonly ContainerState[]): string {
  const registries = containers.filter(isRegistry);
  const running = registries.find(({ state }) => state === 'running');
  if (running?.ports[0]) {
    return `: ${code(running.name)} publishes port \`${running.ports[0].hostPort}\` instead. Look at \`docker ps\`.`;
  }
  if (running) {
    return `: ${code(running.name)} runs, but publishes no port, so nobody outside its container can reach it. Remove it with ${code(`docker rm -f ${running.name}`)} and start it again with \`-p\`.`;
  }
  const stopped = registries.find(({ state }) => state === 'exited' || state === 'created');
  if (stopped)
    return `: the container ${code(stopped.name)} is stopped. Start it with ${code(`docker start ${stopped.name}`)}.`;
  return ': no registry runs. Start one with `docker run -d -p 5000:5000 --name registry registry:2`.';
}

export function publishes(container: ContainerState, port: number): boolean {
  return container.ports.some(({ hostPort }) => hostPort === port);
}

export function isRegistry(container: ContainerState): boolean {
  return container.name === 'registry' || parseReference(container.image).reference?.repository === 'library/registry';
}

/** The last command was for a registry of the learner's own. */
function aboutAnOwnRegistry(world: World): boolean {
  const last = lastAttempt(world.journal);
  if (!last) return false;
  const transfer = lastDocker(world, ['push', 'pull']);
  const named = transfer?.command.args.map((word) => parseReference(word).reference) ?? [];
  return (
    named.some((reference) => reference?.isOnDockerHub === false) ||
    curlRequests({ record: last, pipelines: pipelinesOf(last) }).length > 0
  );
}
