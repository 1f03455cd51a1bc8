// One evaluation's view of the world: each question is asked once, and what was answered is kept as plain text.

import type { ContainerDetail, ContainerState, EngineEvent, ImageState } from '../engine/types.ts';
import { type Credentials, type Manifest, RegistryDown, type RegistryView } from '../registry/types.ts';
import { withoutSecrets } from './secrets.ts';
import type { CommandRecord, World } from './types.ts';

/** What was asked, and what was answered, both in plain text. */
export interface Fact {
  asked: string;
  answer: string;
}

const MAX_FACTS = 40;
const MAX_ANSWER = 2_000;
const MAX_ITEMS = 30;
const NEWEST_EVENTS = 15;
const NEWEST_COMMANDS = 10;

/** The same world, remembering its answers; `facts` are those so far. Make a new one for each evaluation. */
export function observe(world: World): { world: World; facts(): Fact[] } {
  const answers = new Map<string, Promise<unknown>>();
  const facts = new Map<string, string>();
  const note = (asked: string, answer: string) => {
    if (facts.size < MAX_FACTS || facts.has(asked)) facts.set(cut(asked, 200), cut(withoutSecrets(answer), MAX_ANSWER));
  };
  /** Two questions with the same words are one, unless `secret` tells them apart. */
  const once = <T>(asked: string, ask: () => Promise<T>, told: (answer: T) => string, secret = ''): Promise<T> => {
    const key = `${asked}\0${secret}`;
    const known = answers.get(key) as Promise<T> | undefined;
    if (known) return known;
    const asking = ask();
    answers.set(key, asking);
    asking.then(
      (answer) => note(asked, told(answer)),
      (error) => note(asked, error instanceof RegistryDown ? 'no answer' : 'could not be asked'),
    );
    return asking;
  };

  const { engine, files, journal } = world;
  const registry = (host: string, credentials?: Credentials): RegistryView => {
    const view = world.registry(host, credentials);
    const secret = credentials?.password ?? '';
    const who = credentials ? ` as ${credentials.user}` : '';
    const ask = <T>(what: string, question: () => Promise<T>, told: (answer: T) => string) =>
      once(`registry ${host}${who}: ${what}`, question, told, secret);
    return {
      host,
      status: () => ask('does it answer?', () => view.status(), String),
      repositories: () => ask('repositories', () => view.repositories(), list),
      tags: (repository) => ask(`tags of ${repository}`, () => view.tags(repository), list),
      manifest: (repository, reference) =>
        ask(`manifest ${repository} ${reference}`, () => view.manifest(repository, reference), manifestText),
      oldDigest: (repository, tag) =>
        ask(`manifest ${repository} ${tag} without Accept`, () => view.oldDigest(repository, tag), String),
      hasBlob: (repository, digest) =>
        ask(
          `blob ${repository} ${digest}`,
          () => view.hasBlob(repository, digest),
          (is) => (is ? 'there' : 'not there'),
        ),
    };
  };
  return {
    world: {
      ...world,
      engine: {
        image: (name) =>
          once(
            `image ${name}`,
            () => engine.image(name),
            (image) => (image ? imageText(image) : 'none'),
          ),
        images: () =>
          once(
            'all images',
            () => engine.images(),
            (images) => list(images.map(imageText)),
          ),
        containers: () =>
          once(
            'all containers',
            () => engine.containers(),
            (containers) => list(containers.map(containerText)),
          ),
        container: (name) => once(`container ${name}`, () => engine.container(name), detailText),
      },
      registry,
      files: {
        read: (path) =>
          once(
            `file ${path}`,
            () => files.read(path),
            (text) => text ?? 'none',
          ),
      },
      journal: {
        events: () => {
          const events = journal.events();
          note('engine events', list(events.slice(-NEWEST_EVENTS).map(eventText)));
          return events;
        },
        commands: () => {
          const commands = journal.commands();
          note('commands of this step', list(commands.slice(-NEWEST_COMMANDS).map(commandText)));
          return commands;
        },
        running: () => journal.running(),
        rememberedId: (name) => {
          const id = journal.rememberedId(name);
          note(`image ${name}, when it was last seen`, id ?? 'never');
          return id;
        },
        idsOf: (name) => journal.idsOf(name),
        namesOf: (id, beforeMs) => journal.namesOf(id, beforeMs),
      },
    },
    facts: () => [...facts].map(([asked, answer]) => ({ asked, answer })),
  };
}

function list(items: readonly string[] | null): string {
  if (items === null) return 'none';
  if (items.length === 0) return 'nothing';
  const more = items.length > MAX_ITEMS ? [`… and ${items.length - MAX_ITEMS} more`] : [];
  return [...items.slice(0, MAX_ITEMS).map(clean), ...more].join('\n');
}

function imageText({ id, tags, digests }: ImageState): string {
  return [short(id), tags.join(', ') || '<none>', ...digests.slice(0, 3)].join(' ');
}

function containerText({ name, image, imageId, state, exitCode, ports }: ContainerState): string {
  const published = ports.map(({ hostPort, containerPort }) => `${hostPort}:${containerPort}`).join(',');
  return `${name} ${image} (${short(imageId)}) ${state}${state === 'exited' ? ` ${exitCode}` : ''}${published && ` ${published}`}`;
}

function detailText(detail: ContainerDetail | null): string {
  if (!detail) return 'none';
  const mounts = detail.mounts.map(({ kind, source, destination }) => `${kind} ${source} at ${destination}`);
  // Values may be secrets; which variables there are is enough.
  return list([...mounts, ...detail.env.map((line) => line.split('=')[0] ?? '')]);
}

function manifestText(manifest: Manifest | null): string {
  if (!manifest) return 'none';
  return `${manifest.digest}, config ${manifest.configDigest ?? 'none'}, ${manifest.layerDigests.length} layers`;
}

function eventText({ kind, action, id, name, image, exitCode }: EngineEvent): string {
  const what = kind === 'container' ? `${name} (${image ?? ''})` : action === 'tag' ? name : short(id);
  return `${kind} ${action} ${what}${exitCode === undefined ? '' : `, exit code ${exitCode}`}`;
}

function commandText({ line, exitCode }: CommandRecord): string {
  return `${withoutSecrets(line.slice(0, 200))} (exit code ${exitCode})`;
}

function short(id: string): string {
  return id.replace(/^sha256:([0-9a-f]{12})[0-9a-f]{52}$/, '$1');
}

function clean(text: string): string {
  return cut(text.replace(/\s+/g, ' '), 300);
}

/** Without control characters and those that turn the direction of writing, but with its lines. */
function cut(text: string, most: number): string {
  const visible = text
    .slice(0, 4 * most)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '');
  return visible.length <= most ? visible : `${visible.slice(0, most - 1)}…`;
}
