// What is drawn where: from the things of a picture to cards, labels, layers and the wires between them.

import { keyOf, type MapPicture, type MapThing, type MapThingOf } from '../../../protocol/map.ts';
import type { LayerMemory } from './layers.ts';
import { byName, familiar, nameParts } from './names.ts';

export type LayerView = {
  /** For the details: card and place in it. */
  key: string;
  /** Null where nobody knows its diff id. */
  diffId: string | null;
  /** Of the compressed bytes in a registry. */
  digest: string | null;
  bytes: number | null;
  hue: number | null;
  /** Another card of this store brought it: here it takes no space. */
  isShared: boolean;
  /** Of a deleted manifest: whether its bytes are still there. */
  isServed: boolean;
};

export type LabelView = { key: string; host: string; text: string; isGhost: boolean };

export type ImageView = {
  key: string;
  image: MapThingOf<'image'>;
  labels: LabelView[];
  layers: LayerView[];
  containers: MapThingOf<'container'>[];
  isGhost: boolean;
};

export type ManifestView = {
  key: string;
  manifest: MapThingOf<'manifest'>;
  labels: LabelView[];
  layers: LayerView[];
  /** Which list of platforms it belongs to. */
  isPlatform: boolean;
  isGhost: boolean;
};

export type Group<T> = { name: string; cards: T[] };
export type RegistryView = { registry: MapThingOf<'registry'>; groups: Group<ManifestView>[] };
/** From an image to a manifest that serves it. */
export type Wire = { image: string; manifest: string };

export type MapLayout = {
  engine: MapThingOf<'engine'>;
  images: Group<ImageView>[];
  registries: RegistryView[];
  hub: RegistryView | null;
  wires: Wire[];
};

/** A picture without anything, as before the first is known. */
const NOTHING: MapThingOf<'engine'> = { kind: 'engine', state: 'none', more: 0 };

/** `gone`: what was there a moment ago and is drawn as it leaves. */
export function layoutOf(picture: MapPicture, memory: LayerMemory, gone: MapPicture = {}): MapLayout {
  const all = sorted({ ...gone, ...picture });
  const left = new Set(Object.keys(gone).filter((key) => !Object.hasOwn(picture, key)));
  const registries = all.registry.map((registry) => registryView(registry, all, left, memory));
  const images = imageViews(all, left, gone, memory);
  const wires = wiresOf(all);
  const beside = placesBeside(registries, wires);
  return {
    engine: all.engine[0] ?? NOTHING,
    images: grouped(images, ({ image }) => groupName(image)).sort((a, b) => beside(a) - beside(b)),
    registries: registries.filter(({ registry }) => registry.host !== 'docker.io'),
    hub: registries.find(({ registry }) => registry.host === 'docker.io') ?? null,
    wires,
  };
}

type Sorted = { [Kind in MapThing['kind']]: MapThingOf<Kind>[] };

function sorted(things: MapPicture): Sorted {
  const all: Sorted = { engine: [], image: [], container: [], registry: [], repository: [], tag: [], manifest: [] };
  for (const thing of Object.values(things)) (all[thing.kind] as MapThing[]).push(thing);
  return all;
}

function imageViews(all: Sorted, left: ReadonlySet<string>, gone: MapPicture, memory: LayerMemory): ImageView[] {
  const holders = holdersOf(all.image.map((image) => ({ key: keyOf(image), layers: image.layers ?? [] })));
  return all.image.map((image) => {
    const key = keyOf(image);
    const before = gone[key];
    // A name that an image has just lost.
    const lost = before?.kind === 'image' ? before.tags.filter((tag) => !image.tags.includes(tag)) : [];
    const label = (text: string, isGhost: boolean): LabelView => {
      const { host, rest } = nameParts(text);
      return { key: `name ${image.id} ${text}`, host, text: rest, isGhost };
    };
    return {
      key,
      image,
      labels: [
        ...[...image.tags].sort(byName).map((tag) => label(tag, left.has(key))),
        ...lost.map((tag) => label(tag, true)),
      ],
      layers: (image.layers ?? []).map((diffId, at) => ({
        key: `layer ${at} ${key}`,
        diffId,
        digest: null,
        bytes: null,
        hue: memory.hueOf(diffId),
        isShared: memory.ownerOf('engine', diffId, holders.get(diffId) ?? []) !== key,
        isServed: true,
      })),
      containers: all.container.filter(({ imageId }) => imageId === image.id).sort((a, b) => byName(a.name, b.name)),
      isGhost: left.has(key),
    };
  });
}

function registryView(
  registry: MapThingOf<'registry'>,
  all: Sorted,
  left: ReadonlySet<string>,
  memory: LayerMemory,
): RegistryView {
  const { host } = registry;
  const own = <T extends { host: string }>(things: readonly T[]) => things.filter((thing) => thing.host === host);
  const manifests = own(all.manifest);
  const tags = own(all.tag);
  const nameOf = (layer: { diffId: string | null; digest: string }) => layer.diffId ?? layer.digest;
  const holders = holdersOf(manifests.map((one) => ({ key: keyOf(one), layers: one.layers.map(nameOf) })));
  const cards = (repository: string): ManifestView[] => {
    const inside = manifests.filter((one) => one.repository === repository);
    const listed = new Set(inside.flatMap(({ platforms }) => platforms.map(({ digest }) => digest)));
    const pointing = tags.filter((tag) => tag.repository === repository);
    const views = inside.map((manifest): ManifestView => {
      const key = keyOf(manifest);
      return {
        key,
        manifest,
        labels: pointing.filter(({ digest }) => digest === manifest.digest).map((tag) => labelOf(tag, left)),
        layers: manifest.layers.map((layer, at) => ({
          key: `layer ${at} ${key}`,
          diffId: layer.diffId,
          digest: layer.digest,
          bytes: layer.bytes,
          hue: layer.diffId === null ? null : memory.hueOf(layer.diffId),
          isShared: memory.ownerOf(host, nameOf(layer), holders.get(nameOf(layer)) ?? []) !== key,
          isServed: layer.served,
        })),
        isPlatform: listed.has(manifest.digest),
        isGhost: left.has(key),
      };
    });
    const known = new Set(inside.map(({ digest }) => digest));
    const loose = pointing.filter(({ digest }) => !known.has(digest)).map((tag) => looseView(tag, left));
    return [...views, ...loose].sort(
      (a, b) => rank(a) - rank(b) || byName(firstName(a), firstName(b)) || byName(a.key, b.key),
    );
  };
  const names = [
    ...new Set([...own(all.repository).map(({ name }) => name), ...tags.map(({ repository }) => repository)]),
  ];
  return { registry, groups: names.sort(byName).map((name) => ({ name, cards: cards(name) })) };
}

/** A tag whose manifest is not known: of the practice Docker Hub, of what was not pulled; of another, an odd one. */
function looseView(tag: MapThingOf<'tag'>, left: ReadonlySet<string>): ManifestView {
  const { host, repository, digest } = tag;
  const manifest: MapThingOf<'manifest'> = {
    ...{ kind: 'manifest', host, repository, digest, state: 'served', mediaType: '', bytes: 0 },
    ...{ config: null, layers: [], platforms: [], odd: null },
  };
  const label = labelOf(tag, left);
  return {
    key: `loose ${label.key}`,
    manifest,
    labels: [label],
    layers: [],
    isPlatform: false,
    isGhost: label.isGhost,
  };
}

function labelOf(tag: MapThingOf<'tag'>, left: ReadonlySet<string>): LabelView {
  const key = keyOf(tag);
  return { key, host: '', text: tag.name, isGhost: left.has(key) };
}

/** By tag first, then what hangs on a list, what has no tag, and what waits for garbage collection. */
function rank({ labels, isPlatform, manifest }: ManifestView): number {
  if (labels.length > 0) return 0;
  if (isPlatform) return 1;
  return manifest.state === 'deleted' ? 3 : 2;
}

const firstName = ({ labels }: { labels: readonly LabelView[] }) => labels[0]?.text ?? '';

function holdersOf(cards: readonly { key: string; layers: readonly string[] }[]): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const { key, layers } of cards) {
    for (const layer of layers) holders.set(layer, [...(holders.get(layer) ?? []), key]);
  }
  return holders;
}

function wiresOf({ image: images, manifest: manifests }: Sorted): Wire[] {
  const served = manifests.filter(({ host, state }) => host !== 'docker.io' && state === 'served');
  return served.flatMap((manifest) => {
    const name = `${familiar(manifest.host, manifest.repository)}@${manifest.digest}`;
    const image = images.find(({ id, digests }) => id === manifest.config?.digest || digests.includes(name));
    return image ? [{ image: keyOf(image), manifest: keyOf(manifest) }] : [];
  });
}

/** Where the first manifest stands that serves an image of the group, so that wires cross little; the others come last. */
function placesBeside(
  registries: readonly RegistryView[],
  wires: readonly Wire[],
): (group: Group<ImageView>) => number {
  const order = registries.flatMap(({ groups }) => groups.flatMap(({ cards }) => cards.map(({ key }) => key)));
  const places = new Map(order.map((key, at) => [key, at]));
  const served = new Map<string, number>();
  for (const { image, manifest } of wires) {
    const at = places.get(manifest) ?? order.length;
    served.set(image, Math.min(at, served.get(image) ?? order.length));
  }
  return ({ cards }) => Math.min(order.length, ...cards.map(({ key }) => served.get(key) ?? order.length));
}

function grouped<T extends { labels: readonly LabelView[] }>(
  cards: readonly T[],
  nameOf: (card: T) => string,
): Group<T>[] {
  const groups = new Map<string, T[]>();
  for (const card of cards) groups.set(nameOf(card), [...(groups.get(nameOf(card)) ?? []), card]);
  return [...groups]
    .map(([name, members]) => ({ name, cards: members.sort((a, b) => byName(firstName(a), firstName(b))) }))
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || byName(a.name, b.name));
}

/** The repository's last name: `nginx` for both `nginx:latest` and `localhost:5000/nginx:1`. Empty for an image without a name. */
function groupName({ tags, digests }: MapThingOf<'image'>): string {
  const names = tags.length > 0 ? tags : digests;
  const [first] = [...names].sort((a, b) => nameParts(a).host.length - nameParts(b).host.length || byName(a, b));
  if (first === undefined) return '';
  const { rest } = nameParts(first);
  return rest.replace(/@.*$/, '').replace(/:[^/]*$/, '');
}

/** Whether a text stands in what is drawn of a card. */
export function matches(
  words: string,
  card: { labels: readonly LabelView[] } & ({ image: MapThingOf<'image'> } | { manifest: MapThingOf<'manifest'> }),
): boolean {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = card.labels.map(({ host, text }) => host + text);
  if ('image' in card) texts.push(card.image.id, ...card.image.digests);
  else texts.push(card.manifest.repository, card.manifest.digest, card.manifest.config?.digest ?? '');
  const all = texts.join(' ').toLowerCase();
  return parts.every((part) => all.includes(part));
}
