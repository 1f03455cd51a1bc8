// What a sandbox holds at a moment of a proof, and the way back to it after an attempt, where there is one.

import type { ContainerState } from '../engine/types.ts';
import { parseReference } from '../reference.ts';
import { configPath } from '../registry/logins.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { isUp } from './set-up-registry.ts';

export interface SandboxState {
  /** Name → image ID. */
  names: Map<string, string>;
  imageIds: Set<string>;
  containers: Map<string, ContainerState>;
  logins: string | null;
}

/** What a registry's repositories are made of; the blobs themselves may stay, nothing leads to them. */
const REPOSITORIES = '/var/lib/registry/docker/registry/v2/repositories';
const KEPT = '/var/lib/registry/kept';
/** Of the one that checks can ask. */
const KNOWN_PORT = 5000;

export async function readState({ engine, files }: Sandbox): Promise<SandboxState> {
  const [images, containers, logins] = await Promise.all([
    engine.images(),
    engine.containers(),
    files.read(configPath),
  ]);
  return {
    names: new Map(images.flatMap(({ id, tags }) => tags.map((tag) => [tag, id] as const))),
    imageIds: new Set(images.map(({ id }) => id)),
    containers: new Map(containers.map((container) => [container.id, container])),
    logins,
  };
}

/** Keeps what the running registries hold now, in themselves, for `restoreState`. */
export function keepRegistries(sandbox: Sandbox, { containers }: SandboxState): Promise<boolean> {
  return inRegistries(sandbox, containers, `mkdir -p ${REPOSITORIES}; rm -rf ${KEPT}; cp -a ${REPOSITORIES} ${KEPT}`);
}

/**
 * True when the sandbox is again as it was; false where something is gone for good. `registries`: they took a push,
 * and have kept what they held before.
 */
export async function restoreState(sandbox: Sandbox, before: SandboxState, registries: boolean): Promise<boolean> {
  const { engine, files } = sandbox;
  const now = await readState(sandbox);
  if ([...before.containers.keys()].some((id) => !now.containers.has(id))) return false;
  if ([...before.imageIds].some((id) => !now.imageIds.has(id))) return false;
  for (const container of now.containers.values()) {
    const was = before.containers.get(container.id);
    if (!was) await engine.removeContainer(container.id);
    else if (was.name !== container.name) return false;
    else if (was.state === 'running' && container.state === 'exited') await engine.start(container.id);
  }
  if (registries && !(await restoreRegistries(sandbox, before.containers))) return false;
  // Names that moved come back first: a removal would take an image with its last name.
  for (const [name, id] of before.names) {
    if (now.names.get(name) === id) continue;
    const { reference } = parseReference(name);
    if (!reference?.tag) return false;
    await engine.tag(id, reference.familiarName, reference.tag);
  }
  for (const name of now.names.keys()) if (!before.names.has(name)) await engine.removeImage(name);
  for (const { id, tags } of await engine.images()) {
    if (!before.imageIds.has(id) && tags.length === 0) await engine.removeImage(id);
  }
  if (now.logins !== before.logins) {
    if (before.logins === null) await files.remove(configPath);
    else await files.write(configPath, before.logins);
  }
  return isSame(await readState(sandbox), before);
}

async function restoreRegistries(sandbox: Sandbox, containers: SandboxState['containers']): Promise<boolean> {
  const put = `rm -rf ${REPOSITORIES} && cp -a ${KEPT} ${REPOSITORIES}`;
  if (!(await inRegistries(sandbox, containers, put))) return false;
  // A registry remembers which blobs it has.
  await Promise.all(
    registriesIn(containers).map(async ({ id }) => {
      await sandbox.engine.stop(id);
      await sandbox.engine.start(id);
    }),
  );
  const isKnown = registriesIn(containers).some(({ ports }) => ports.some(({ hostPort }) => hostPort === KNOWN_PORT));
  return !isKnown || isUp(sandbox, `localhost:${KNOWN_PORT}`);
}

function registriesIn(containers: SandboxState['containers']): ContainerState[] {
  return [...containers.values()].filter(
    ({ image, state }) => state === 'running' && parseReference(image).reference?.familiarName === 'registry',
  );
}

async function inRegistries(
  { engine }: Sandbox,
  containers: SandboxState['containers'],
  script: string,
): Promise<boolean> {
  const codes = await Promise.all(registriesIn(containers).map(({ id }) => engine.exec(id, ['/bin/sh', '-c', script])));
  return codes.every((code) => code === 0);
}

function isSame(a: SandboxState, b: SandboxState): boolean {
  return (
    a.logins === b.logins &&
    a.imageIds.size === b.imageIds.size &&
    a.names.size === b.names.size &&
    [...a.names].every(([name, id]) => b.names.get(name) === id) &&
    a.containers.size === b.containers.size &&
    [...a.containers].every(([id, { state }]) => b.containers.get(id)?.state === state)
  );
}
