// A lesson's private registry: started, asking for a login where it has users, and filled.

import { hash } from 'bcryptjs';
import type { Dial } from '../dial.ts';
import type { ContainerState } from '../engine/types.ts';
import { SlipwayError } from '../errors.ts';
import type { LessonSetup } from '../lessons/schema.ts';
import { parseReference } from '../reference.ts';
import { copyImage } from '../registry/copy.ts';
import type { Credentials } from '../registry/types.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { reached } from '../terminal/reached.ts';
import { allEnded } from './all-ended.ts';

export type RegistrySetup = LessonSetup['registries'][number];

const REGISTRY_IMAGE = 'registry:2';
const CONTAINER_PORT = 5000;
const UP_MS = 10_000;
const HTPASSWD = '/auth/htpasswd';
/** The least that bcrypt knows: these passwords stand in the lesson. */
const BCRYPT_COST = 4;

/** What every registry is made from. */
export async function fetchRegistryImage({ engine }: Sandbox, doing: (text: string) => void): Promise<void> {
  if (await engine.image(REGISTRY_IMAGE)) return;
  doing(`fetching ${REGISTRY_IMAGE}`);
  await engine.pull(REGISTRY_IMAGE);
}

/** Leaves one that does already as the lesson wants it. Throws SlipwayError `registry-down`. */
export async function startRegistry(
  sandbox: Sandbox,
  registry: RegistrySetup,
  doing: (text: string) => void,
): Promise<void> {
  const { engine } = sandbox;
  const containers = await engine.containers();
  const existing = containers.find(({ name }) => name === registry.name);
  const inTheWay = containers.find(
    ({ name, state, ports }) =>
      name !== registry.name && state === 'running' && ports.some(({ hostPort }) => hostPort === registry.port),
  );
  if (inTheWay) await engine.stop(inTheWay.name);
  if (existing && (await isAsWanted(sandbox, registry, existing))) return;
  if (existing) await engine.removeContainer(existing.name);
  doing('starting your registry');
  await engine.run({
    name: registry.name,
    image: REGISTRY_IMAGE,
    publish: { hostPort: registry.port, containerPort: CONTAINER_PORT },
    ...(registry.users && (await loginOptions(registry.users))),
  });
  await up(sandbox, registry);
}

/** Puts what a registry is to hold into it, where it is not yet there; no image of it gets into the learner's engine. */
export async function fill(
  sandbox: Sandbox,
  registry: RegistrySetup,
  hubStore: Dial,
  doing: (text: string) => void,
): Promise<void> {
  const host = hostOf(registry);
  const credentials = credentialsOf(registry);
  const hub = { host: 'docker.io', dial: hubStore };
  const own = { host, dial: sandbox.registryDial, credentials };
  const copied = Object.entries(registry.content).map(async ([name, source]) => {
    const [repository = '', tag = 'latest'] = name.split(':');
    const { reference } = parseReference(source);
    if (!reference || (await sandbox.registry(host, credentials).manifest(repository, tag))) return;
    doing(`filling your registry with ${name}`);
    const from = { registry: hub, repository: reference.repository, tag: reference.tag ?? 'latest' };
    await copyImage(from, { registry: own, repository, tag });
  });
  await allEnded(copied);
}

/** One that was stopped is started; one of another kind, of an earlier lesson, is of no use here. */
async function isAsWanted(sandbox: Sandbox, registry: RegistrySetup, existing: ContainerState): Promise<boolean> {
  const publishes = existing.ports.some(
    ({ hostPort, containerPort }) => hostPort === registry.port && containerPort === CONTAINER_PORT,
  );
  // A set-up that was cut short may have made it without its users.
  if (!publishes || existing.state === 'created') return false;
  if (existing.state !== 'running') await sandbox.engine.start(existing.name);
  await up(sandbox, registry);
  const anybody = await sandbox.registry(hostOf(registry)).status();
  if (!registry.users) return anybody === 'up';
  return (
    anybody === 'login-required' &&
    (await sandbox.registry(hostOf(registry), credentialsOf(registry)).status()) === 'up'
  );
}

async function loginOptions(users: Record<string, string>) {
  const lines = await Promise.all(
    Object.entries(users).map(async ([user, password]) => `${user}:${await hash(password, BCRYPT_COST)}\n`),
  );
  return {
    env: ['REGISTRY_AUTH=htpasswd', 'REGISTRY_AUTH_HTPASSWD_REALM=Registry', `REGISTRY_AUTH_HTPASSWD_PATH=${HTPASSWD}`],
    files: { [HTPASSWD]: lines.join('') },
  };
}

/** Waits until something answers at `host`; false where nothing does in 10 s. */
export function isUp(sandbox: Sandbox, host: string): Promise<boolean> {
  const registry = sandbox.registry(host);
  return reached(async () => (await registry.status()) !== 'down', UP_MS);
}

async function up(sandbox: Sandbox, registry: RegistrySetup): Promise<void> {
  const host = hostOf(registry);
  if (await isUp(sandbox, host)) return;
  throw new SlipwayError('registry-down', `the registry at ${host} did not come up`, {
    next: 'Try again, or start again with a fresh sandbox.',
  });
}

function credentialsOf({ users }: RegistrySetup): Credentials | undefined {
  const [first] = Object.entries(users ?? {});
  return first && { user: first[0], password: first[1] };
}

function hostOf({ port }: RegistrySetup): string {
  return `localhost:${port}`;
}
