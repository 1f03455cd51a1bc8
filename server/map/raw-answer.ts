// The real answer behind a thing of the map, with the commands that give it in the learner's terminal.

import type { MapThing, RawAnswer } from '../../protocol/map.ts';
import type { EngineInventory } from '../engine/inventory.ts';
import { encoded } from '../engine/link.ts';
import { SlipwayError } from '../errors.ts';
import { encodeName } from '../registry/client.ts';
import { ACCEPT_MANIFESTS } from '../registry/headers.ts';
import { blobPath, manifestPath, type RegistryReader } from '../registry/reader.ts';

const MAX_CHARACTERS = 256 * 1024;
const PLAIN = /^[\w@%+=:,./-]+$/;

interface Readers {
  readerOf(host: string, repository: string): RegistryReader | null;
}

/** What is asked for: a thing, or the config that a manifest names. */
export interface Asked {
  thing: MapThing;
  isConfig: boolean;
  /** Who the registry knows the learner as, where it asks for that. */
  user: string | null;
}

type Question = { commands: string[]; path: string } & (
  | { of: 'engine' }
  | { of: 'registry'; host: string; repository: string }
);

/** Throws SlipwayError `no-answer` where engine or registry give none. */
export async function rawAnswerOf(asked: Asked, engine: EngineInventory, readers: Readers): Promise<RawAnswer> {
  const question = questionOf(asked);
  const { commands, path } = question;
  try {
    const body =
      question.of === 'engine'
        ? await engine.raw(path)
        : await readers.readerOf(question.host, question.repository)?.raw(path);
    return { commands, body: body?.slice(0, MAX_CHARACTERS) ?? null };
  } catch (cause) {
    throw new SlipwayError('no-answer', 'Nothing answers just now.', {
      next: 'Try again when it runs.',
      status: 503,
      cause,
    });
  }
}

function questionOf({ thing, isConfig, user }: Asked): Question {
  const inRegistry = (host: string, repository: string, path: string, accept = ''): Question => {
    const header = accept && `-H ${word(`Accept: ${accept}`)} `;
    const login = user === null ? '' : `-u ${word(user)} `;
    // Docker Hub wants a token first, which takes more than one line.
    const commands = host === 'docker.io' ? [] : [`curl -s ${login}${header}${word(`http://${host}${path}`)}`];
    return { of: 'registry', host, repository, path, commands };
  };
  switch (thing.kind) {
    case 'engine':
      return inEngine('/images/json', 'docker images --digests --no-trunc');
    case 'image':
      return inEngine(`/images/${encoded(thing.id)}/json`, `docker image inspect ${word(thing.tags[0] ?? thing.id)}`);
    case 'container':
      return inEngine(`/containers/${encoded(thing.id)}/json`, `docker container inspect ${word(thing.name)}`);
    case 'registry':
      return inRegistry(thing.host, '', '/v2/_catalog');
    case 'repository':
      return inRegistry(thing.host, thing.name, `/v2/${encodeName(thing.name)}/tags/list`);
    case 'tag':
      return inRegistry(thing.host, thing.repository, manifestPath(thing.repository, thing.name), ACCEPT_MANIFESTS);
    case 'manifest':
      if (isConfig)
        return inRegistry(thing.host, thing.repository, blobPath(thing.repository, thing.config?.digest ?? ''));
      return inRegistry(thing.host, thing.repository, manifestPath(thing.repository, thing.digest), thing.mediaType);
  }
}

function inEngine(path: string, docker: string): Question {
  const curl = `curl -s --unix-socket /var/run/docker.sock ${word(`http://localhost${path}`)}`;
  return { of: 'engine', path, commands: [docker, curl] };
}

/** As one word of a shell line, whatever the learner's world is called. */
function word(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
