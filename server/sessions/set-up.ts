// Brings a sandbox into the world that a lesson starts from; repeating it changes nothing.

import type { Dial } from '../dial.ts';
import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import { SlipwayError } from '../errors.ts';
import type { LessonSetup } from '../lessons/schema.ts';
import { parseReference } from '../reference.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { allEnded } from './all-ended.ts';
import { namesOf, removeAbsent } from './set-up-absent.ts';
import { fetchRegistryImage, fill, startRegistry } from './set-up-registry.ts';

/** An engine that hangs ends it in a failure, which can be tried again. */
const LONGEST_MS = 60_000;

export interface SetUpOptions {
  /** What the learner must not find is removed only before they did anything in the lesson. */
  removeAbsent: boolean;
  doing: (text: string) => void;
  /** Where the practice Docker Hub's images are. */
  hubStore: Dial;
  /** The sandbox is given up. */
  signal: AbortSignal;
}

/** Throws what the engine says, SlipwayError where the registry does not come up or nothing answers, or the abort. */
export function setUp(sandbox: Sandbox, setup: LessonSetup, options: SetUpOptions): Promise<void> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(tooSlow()), LONGEST_MS);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    prepare(sandbox, setup, options)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(late);
        signal.removeEventListener('abort', abort);
      });
  });
}

async function prepare(sandbox: Sandbox, setup: LessonSetup, options: SetUpOptions): Promise<void> {
  const { engine } = sandbox;
  const { doing } = options;
  if (options.removeAbsent) await removeAbsent(sandbox, setup.absent, doing);
  // First and alone: what a registry does afterwards takes longest, and other images come meanwhile.
  if (setup.registries.length > 0) await fetchRegistryImage(sandbox, doing);
  await allEnded([
    prepareImages(engine, setup, doing),
    prepareFiles(sandbox, setup),
    ...setup.registries.map(async (registry) => {
      await startRegistry(sandbox, registry, doing);
      await fill(sandbox, registry, options.hubStore, doing);
    }),
  ]);
  const missing = await missingContainers(engine, setup);
  for (const container of missing) {
    doing(`starting ${container.name}`);
    const [hostPort, containerPort] = (container.publish ?? '').split(':').map(Number);
    await engine.run({
      name: container.name,
      image: container.image,
      command: container.command,
      publish: hostPort && containerPort ? { hostPort, containerPort } : undefined,
    });
  }
}

async function prepareImages(engine: SandboxEngine, setup: LessonSetup, doing: SetUpOptions['doing']): Promise<void> {
  const had = await namesOf(engine);
  const missing = Object.entries(setup.names).filter(([name]) => !had.has(familiar(name)));
  const kept = [...setup.images, ...setup.containers.map(({ image }) => image)].map(familiar);
  const wanted = new Set(
    [...kept, ...missing.map(([, source]) => familiar(source))].filter((image) => !had.has(image)),
  );
  await allEnded([...wanted].map((image) => pull(engine, image, doing)));
  for (const [name, source] of missing) {
    const { reference } = parseReference(name);
    if (reference) await engine.tag(source, reference.familiarName, reference.tag ?? 'latest');
  }
  // Lent for a moment only, to make the names.
  for (const image of wanted) if (!kept.includes(image)) await engine.removeImage(image);
}

async function prepareFiles(sandbox: Sandbox, setup: LessonSetup): Promise<void> {
  for (const [path, text] of Object.entries(setup.files)) {
    if ((await sandbox.files.read(path)) === null) await sandbox.files.write(path, text);
  }
}

/** Those that run already, or were only stopped, are left or started. */
async function missingContainers(engine: SandboxEngine, setup: LessonSetup): Promise<LessonSetup['containers']> {
  if (setup.containers.length === 0) return [];
  const existing = new Map((await engine.containers()).map((container) => [container.name, container]));
  for (const { name } of setup.containers) {
    const state = existing.get(name)?.state;
    if (state !== undefined && state !== 'running') await engine.start(name);
  }
  return setup.containers.filter(({ name }) => !existing.has(name));
}

async function pull(engine: SandboxEngine, image: string, doing: SetUpOptions['doing']): Promise<void> {
  doing(`fetching ${image}`);
  await engine.pull(image);
}

/** With its tag: without one the API would pull every one of them. */
function familiar(image: string): string {
  return parseReference(image).reference?.familiar ?? image;
}

function tooSlow(): SlipwayError {
  return new SlipwayError('set-up-slow', `nothing came of it in ${LONGEST_MS / 1000} s`, {
    next: 'Try again, or start again with a fresh sandbox.',
  });
}
