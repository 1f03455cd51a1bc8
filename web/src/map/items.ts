// What can be said of each thing on the map: what it is, its facts, what of it can be copied, and its JSON.

import { keyOf, type MapPicture, type MapThing, type MapThingOf } from '../../../protocol/map.ts';
import { decimalBytes } from '../amounts.ts';
import { texts } from '../texts.ts';
import { familiar, shortDigest } from './names.ts';

const { facts: fact, kinds } = texts.map;

export type ItemKind = keyof typeof kinds;
/** A fact's text, or several, each with the item that it leads to where there is one. */
export type FactValue = { text: string; item?: string | undefined };
export type Item = {
  kind: ItemKind;
  title: string;
  facts: { label: string; values: FactValue[] }[];
  copies: { label: string; text: string }[];
  /** Under which the server gives the real answer; null where there is none. */
  rawKey: string | null;
};

const LAYER = /^layer (\d+) (.+)$/s;
const NAME = /^name (\S+) (.+)$/s;

/** Null where it is not on the map. */
export function itemOf(key: string, picture: MapPicture): Item | null {
  const [, at, card] = LAYER.exec(key) ?? [];
  if (card !== undefined) return layerItem(picture[card], Number(at), picture);
  const [, id, name] = NAME.exec(key) ?? [];
  if (name !== undefined) return nameItem(picture[`image ${id}`], name);
  if (key.startsWith('config ')) return configItem(picture[key.slice('config '.length)]);
  const thing = Object.hasOwn(picture, key) ? picture[key] : undefined;
  return thing ? thingItem(thing, picture) : null;
}

function thingItem(thing: MapThing, picture: MapPicture): Item {
  const rawKey = keyOf(thing);
  const all = Object.values(picture);
  switch (thing.kind) {
    case 'engine':
      return { kind: 'engine', title: texts.map.engine, facts: [], copies: [], rawKey };
    case 'image':
      return { ...imageItem(thing), rawKey };
    case 'container':
      return {
        kind: 'container',
        title: thing.name,
        facts: [
          plain(fact.state, thing.state),
          { label: fact.image, values: [{ text: thing.image, item: `image ${thing.imageId}` }] },
          plain(fact.ports, ...thing.ports.map(portText)),
        ],
        copies: [{ label: texts.map.copyName, text: thing.name }],
        rawKey,
      };
    case 'registry':
      return {
        kind: thing.host === 'docker.io' ? 'hub' : 'registry',
        title: thing.host,
        facts: [plain(fact.login, loginText(thing) ?? fact.noLogin)],
        copies: [{ label: texts.map.copyName, text: thing.host }],
        rawKey: thing.host === 'docker.io' ? null : rawKey,
      };
    case 'repository': {
      const tags = all.filter((one) => one.kind === 'tag' && one.host === thing.host && one.repository === thing.name);
      return {
        kind: 'repository',
        title: familiar(thing.host, thing.name),
        facts: [
          {
            label: fact.tags,
            values: tags.map((tag) => ({ text: tag.kind === 'tag' ? tag.name : '', item: keyOf(tag) })),
          },
        ],
        copies: [{ label: texts.map.copyName, text: familiar(thing.host, thing.name) }],
        rawKey,
      };
    }
    case 'tag': {
      const name = `${familiar(thing.host, thing.repository)}:${thing.name}`;
      const target = `manifest ${thing.host}/${thing.repository}@${thing.digest}`;
      const known = Object.hasOwn(picture, target) ? target : undefined;
      return {
        kind: 'tag',
        title: name,
        facts: [{ label: fact.pointsAt, values: [{ text: thing.digest || fact.unknown, item: known }] }],
        copies: [
          { label: texts.map.copyName, text: name },
          { label: texts.map.copyDigest, text: thing.digest },
        ],
        rawKey,
      };
    }
    case 'manifest':
      return { ...manifestItem(thing, all), rawKey: thing.state === 'deleted' ? null : rawKey };
  }
}

function imageItem(image: MapThingOf<'image'>): Omit<Item, 'rawKey'> {
  const key = keyOf(image);
  return {
    kind: 'image',
    title: image.tags[0] ?? shortDigest(image.id),
    facts: [
      plain(fact.imageId, image.id),
      { label: fact.names, values: image.tags.map((text) => ({ text, item: `name ${image.id} ${text}` })) },
      plain(fact.digests, ...image.digests),
      plain(fact.size, decimalBytes(image.bytes)),
      plain(fact.platform, image.platform || fact.unknown),
      {
        label: fact.layers,
        values: (image.layers ?? []).map((diffId, at) => ({ text: shortDigest(diffId), item: `layer ${at} ${key}` })),
      },
    ],
    copies: [
      ...(image.tags[0] === undefined ? [] : [{ label: texts.map.copyName, text: image.tags[0] }]),
      { label: texts.map.copyId, text: image.id },
    ],
  };
}

function manifestItem(manifest: MapThingOf<'manifest'>, all: readonly MapThing[]): Omit<Item, 'rawKey'> {
  const { host, repository, digest, state, config, layers, platforms, odd } = manifest;
  const key = keyOf(manifest);
  const tags = all.filter(
    (one) => one.kind === 'tag' && one.host === host && one.repository === repository && one.digest === digest,
  );
  const name = `${familiar(host, repository)}@${digest}`;
  const size = layers.reduce((sum, { bytes }) => sum + bytes, config?.bytes ?? 0);
  return {
    kind: state === 'deleted' ? 'deleted' : platforms.length > 0 ? 'list' : 'manifest',
    title: `${familiar(host, repository)}@${shortDigest(digest)}`,
    facts: [
      plain(fact.digest, digest),
      { label: fact.tags, values: tags.map((tag) => ({ text: tag.kind === 'tag' ? tag.name : '', item: keyOf(tag) })) },
      ...(config ? [{ label: fact.config, values: [{ text: config.digest, item: `config ${key}` }] }] : []),
      ...(platforms.length > 0
        ? [
            {
              label: fact.platforms,
              values: platforms.map((one) => {
                const item = `manifest ${host}/${repository}@${one.digest}`;
                const isKnown = all.some((thing) => keyOf(thing) === item);
                return { text: `${one.platform}: ${shortDigest(one.digest)}`, ...(isKnown && { item }) };
              }),
            },
          ]
        : [
            {
              label: fact.layers,
              values: layers.map((layer, at) => ({
                text: `${shortDigest(layer.digest)}, ${decimalBytes(layer.bytes)}`,
                item: `layer ${at} ${key}`,
              })),
            },
            plain(fact.compressed, decimalBytes(size)),
          ]),
      plain(fact.mediaType, manifest.mediaType || fact.unknown),
      ...(odd === null ? [] : [plain(fact.odd, odd)]),
    ],
    copies: [
      { label: texts.map.copyName, text: name },
      { label: texts.map.copyDigest, text: digest },
    ],
  };
}

function nameItem(image: MapThing | undefined, name: string): Item | null {
  if (image?.kind !== 'image' || !image.tags.includes(name)) return null;
  const key = keyOf(image);
  return {
    kind: 'name',
    title: name,
    facts: [{ label: fact.pointsAt, values: [{ text: image.id, item: key }] }],
    copies: [
      { label: texts.map.copyName, text: name },
      { label: texts.map.copyId, text: image.id },
    ],
    rawKey: key,
  };
}

function configItem(manifest: MapThing | undefined): Item | null {
  if (manifest?.kind !== 'manifest' || !manifest.config) return null;
  const { digest, bytes, served } = manifest.config;
  return {
    kind: 'config',
    title: shortDigest(digest),
    facts: [plain(fact.imageId, digest), plain(fact.size, decimalBytes(bytes))],
    copies: [{ label: texts.map.copyDigest, text: digest }],
    rawKey: served ? `config ${keyOf(manifest)}` : null,
  };
}

function layerItem(card: MapThing | undefined, at: number, picture: MapPicture): Item | null {
  if (card?.kind !== 'image' && card?.kind !== 'manifest') return null;
  const layer = card.kind === 'image' ? card.layers?.[at] : card.layers[at];
  if (layer === undefined) return null;
  const diffId = typeof layer === 'string' ? layer : layer.diffId;
  const blobs = Object.values(picture).flatMap((thing) =>
    thing.kind === 'manifest' ? thing.layers.filter((one) => diffId !== null && one.diffId === diffId) : [],
  );
  const blob = typeof layer === 'string' ? blobs[0] : layer;
  const users = Object.values(picture).filter((thing) => {
    if (diffId === null) return false;
    if (thing.kind === 'image') return thing.layers?.includes(diffId);
    return thing.kind === 'manifest' && thing.layers.some((one) => one.diffId === diffId);
  });
  return {
    kind: 'layer',
    title: shortDigest(diffId ?? blob?.digest ?? ''),
    facts: [
      plain(fact.diffId, diffId ?? fact.unknown),
      plain(fact.blob, blob?.digest ?? fact.unknown),
      ...(blob ? [plain(fact.compressed, decimalBytes(blob.bytes))] : []),
      {
        label: fact.usedBy,
        values: users.map((thing) => ({ text: itemOf(keyOf(thing), picture)?.title ?? '', item: keyOf(thing) })),
      },
    ],
    copies: [{ label: texts.map.copyDigest, text: blob?.digest ?? diffId ?? '' }],
    rawKey: null,
  };
}

/** Whether one is logged in where that is asked; null where nobody asks. */
export function loginText({ asksLogin, login }: MapThingOf<'registry'>): string | null {
  if (login) return login.user === null ? texts.map.loggedIn : texts.map.loggedInAs({ user: login.user });
  return asksLogin ? texts.map.loginNeeded : null;
}

export const portText = ({ hostPort, containerPort }: MapThingOf<'container'>['ports'][number]): string =>
  texts.map.ports({ host: String(hostPort), container: String(containerPort) });

function plain(label: string, ...all: readonly string[]) {
  return { label, values: all.map((text): FactValue => ({ text })) };
}
