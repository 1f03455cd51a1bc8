// Turns what was read into the picture that the page draws: things with stable keys, bounded, all text cut.

import { keyOf, type MapPicture, type MapThing, type MapThingOf } from '../../protocol/map.ts';
import type { ManifestFacts, RegistryFacts, RepositoryFacts, WorldFacts } from './facts.ts';

const MAX_TEXT = 600;
const MAX_NAMES = 200;

/** The picture of a world; `engine` null: nothing is known of it yet. */
export function pictureOf({ engine, registries, logins }: WorldFacts): MapPicture {
  const things: MapThing[] = [];
  if (engine?.state === 'up') {
    const { inventory, makes } = engine;
    things.push({ kind: 'engine', state: 'up', more: inventory.more });
    for (const image of inventory.images) {
      const make = makes.get(image.id);
      things.push({
        kind: 'image',
        id: cut(image.id),
        tags: image.tags.slice(0, MAX_NAMES).map(cut),
        digests: image.digests.slice(0, MAX_NAMES).map(cut),
        bytes: image.bytes,
        layers: make?.layers.map(cut) ?? null,
        platform: cut(make?.platform ?? ''),
      });
    }
    for (const container of inventory.containers) {
      things.push({
        kind: 'container',
        id: cut(container.id),
        name: cut(container.name),
        image: cut(container.image),
        imageId: cut(container.imageId),
        state: cut(container.state),
        ports: container.ports.slice(0, 20),
      });
    }
  } else things.push({ kind: 'engine', state: engine ? 'away' : 'none', more: 0 });
  for (const registry of registries) {
    const login = logins.find(({ registry: host }) => host === registry.host);
    things.push(...registryThings(registry, login ? { user: login.user === null ? null : cut(login.user) } : null));
  }
  return Object.fromEntries(things.map((thing) => [keyOf(thing), thing]));
}

function registryThings(facts: RegistryFacts, login: MapThingOf<'registry'>['login']): MapThing[] {
  const { host, state, asksLogin, repositories, more } = facts;
  return [
    { kind: 'registry', host: cut(host), state, asksLogin, login, more },
    ...repositories.flatMap((repository) => repositoryThings(cut(host), repository)),
  ];
}

function repositoryThings(host: string, { name, tags, manifests, deleted }: RepositoryFacts): MapThing[] {
  const repository = cut(name);
  return [
    { kind: 'repository', host, name: repository },
    ...tags.map(
      (tag): MapThing => ({ kind: 'tag', host, repository, name: cut(tag.name), digest: cut(tag.digest ?? '') }),
    ),
    ...manifests.map((manifest) => manifestThing(host, repository, manifest, 'served', () => true)),
    ...deleted.map(({ manifest, served }) =>
      manifestThing(host, repository, manifest, 'deleted', (digest) => served.includes(digest)),
    ),
  ];
}

/** The engine knows a layer by its diff id, the registry by the digest of its compressed bytes: the config's order joins them. */
function manifestThing(
  host: string,
  repository: string,
  { digest, mediaType, bytes, config, layers, diffIds, platforms, odd }: ManifestFacts,
  state: 'served' | 'deleted',
  isServed: (digest: string) => boolean,
): MapThing {
  return {
    kind: 'manifest',
    host,
    repository,
    digest: cut(digest),
    state,
    mediaType: cut(mediaType),
    bytes,
    config: config && { ...config, served: isServed(config.digest) },
    layers: layers.map((layer, at) => ({ ...layer, served: isServed(layer.digest), diffId: diffIds?.[at] ?? null })),
    platforms,
    odd,
  };
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}
