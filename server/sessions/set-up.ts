// Brings a sandbox into the world that a lesson starts from; repeating it changes nothing.

import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import { SlipwayError } from '../errors.ts';
import type { LessonSetup } from '../lessons/schema.ts';
import { parseReference } from '../reference.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';

const REGISTRY_IMAGE = 'registry:2';
const REGISTRY_PORT = 5000;
const REGISTRY_UP_MS = 10_000;

export interface SetUpOptions {
  /** What the learner must not find is removed only before they did anything in the lesson. */
  removeAbsent: boolean;
  doing: (text: string) => void;
}

/** Throws what the engine says, or SlipwayError where the registry does not come up. */
export async function setUp(sandbox: Sandbox, setup: LessonSetup, options: SetUpOptions): Promise<void> {
  const { engine } = sandbox;
  if (options.removeAbsent) {
    for (const name of setup.absent.containers) await engine.removeContainer(name);
    for (const image of setup.absent.images) await engine.removeImage(image);
  }
  for (const image of setup.images) await pullMissing(engine, image, options);
  for (const registry of setup.registries) await setUpRegistry(sandbox, registry, setup.images, options);
}

async function setUpRegistry(
  sandbox: Sandbox,
  registry: LessonSetup['registries'][number],
  keep: readonly string[],
  options: SetUpOptions,
): Promise<void> {
  const { engine } = sandbox;
  const existing = (await engine.containers()).find((container) => container.name === registry.name);
  if (!existing) {
    await pullMissing(engine, REGISTRY_IMAGE, options);
    options.doing('starting your registry');
    await engine.run({
      name: registry.name,
      image: REGISTRY_IMAGE,
      publish: { hostPort: registry.port, containerPort: REGISTRY_PORT },
    });
  } else if (existing.state !== 'running') {
    await engine.start(registry.name);
  }
  const host = `localhost:${registry.port}`;
  await registryUp(sandbox, host);
  for (const [name, source] of Object.entries(registry.content)) {
    await fill(sandbox, host, name, source, keep, options);
  }
}

/** Puts one image into the registry and leaves none of the names that this took. */
async function fill(
  sandbox: Sandbox,
  host: string,
  name: string,
  source: string,
  keep: readonly string[],
  options: SetUpOptions,
): Promise<void> {
  const { engine } = sandbox;
  const [repository = '', tag = 'latest'] = name.split(':');
  const served = await sandbox.registry(host).manifest(repository, tag);
  if (served) return;
  options.doing(`filling your registry with ${name}`);
  const had = (await engine.image(source)) !== null;
  if (!had) await engine.pull(source);
  const target = `${host}/${repository}`;
  await engine.tag(source, target, tag);
  await engine.push(`${target}:${tag}`);
  await engine.removeImage(`${target}:${tag}`);
  if (!had && !keep.includes(source)) await engine.removeImage(source);
}

async function pullMissing(engine: SandboxEngine, image: string, options: SetUpOptions): Promise<void> {
  if (await engine.image(image)) return;
  options.doing(`fetching ${image}`);
  // Without a tag the API would pull every one of them.
  await engine.pull(parseReference(image).reference?.familiar ?? image);
}

async function registryUp(sandbox: Sandbox, host: string): Promise<void> {
  const deadline = Date.now() + REGISTRY_UP_MS;
  for (let delay = 20; ; delay = Math.min(delay * 2, 200)) {
    if ((await sandbox.registry(host).status()) !== 'down') return;
    if (Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
  throw new SlipwayError('registry-down', `the registry at ${host} did not come up`, {
    next: 'Try again, or start again with a fresh sandbox.',
  });
}
