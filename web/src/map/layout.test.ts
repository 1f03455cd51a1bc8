import { expect, test } from 'vitest';
import { keyOf, type MapPicture, type MapThing, type MapThingOf } from '../../../protocol/map.ts';
import { LayerMemory } from './layers.ts';
import { layoutOf, matches } from './layout.ts';

const HOST = 'localhost:5000';
const pictureOf = (...things: MapThing[]): MapPicture =>
  Object.fromEntries(things.map((thing) => [keyOf(thing), thing]));
const image = (id: string, tags: string[], layers: string[], digests: string[] = []): MapThingOf<'image'> => ({
  ...{ kind: 'image', id, tags, digests, bytes: 1, layers, platform: 'linux/amd64' },
});
const tag = (repository: string, name: string, digest: string): MapThing => ({
  ...{ kind: 'tag', host: HOST, repository, name, digest },
});
const manifest = (repository: string, digest: string, config: string, diffIds: string[]): MapThingOf<'manifest'> => ({
  ...{ kind: 'manifest', host: HOST, repository, digest, state: 'served', mediaType: '', bytes: 1 },
  config: { digest: config, bytes: 1, served: true },
  layers: diffIds.map((diffId) => ({ digest: `blob ${diffId}`, bytes: 1, served: true, diffId })),
  ...{ platforms: [], odd: null },
});
const registry: MapThing = { kind: 'registry', host: HOST, state: 'up', asksLogin: false, login: null, more: 0 };

test('a tag hangs on the manifest that it points at, and a wire leads there from the image', () => {
  const picture = pictureOf(
    registry,
    image('i1', ['nginx:latest', `${HOST}/web:1`], ['a', 'b']),
    tag('web', '1', 'm1'),
    tag('web', '2', 'm1'),
    manifest('web', 'm1', 'i1', ['a', 'b']),
  );
  const layout = layoutOf(picture, new LayerMemory());
  const [card] = layout.registries[0]?.groups[0]?.cards ?? [];
  expect(card?.labels.map(({ text }) => text)).toEqual(['1', '2']);
  expect(layout.wires).toEqual([{ image: 'image i1', manifest: `manifest ${HOST}/web@m1` }]);
  const labels = layout.images[0]?.cards[0]?.labels.map(({ host, text }) => [host, text]);
  expect(labels).toEqual([
    [`${HOST}/`, 'web:1'],
    ['', 'nginx:latest'],
  ]);
});

test('a layer has one colour in both stores, and is stored once in each', () => {
  const memory = new LayerMemory();
  const first = pictureOf(registry, image('i1', ['old:1'], ['base', 'x']));
  layoutOf(first, memory);
  const picture = pictureOf(
    registry,
    image('i1', ['old:1'], ['base', 'x']),
    // Before the other by its name, but later in the world.
    image('i2', ['a:1'], ['base', 'y']),
    manifest('old', 'm1', 'i1', ['base', 'x']),
    tag('old', '1', 'm1'),
  );
  const layout = layoutOf(picture, memory);
  const layers = (key: string) =>
    layout.images.flatMap(({ cards }) => cards).find((card) => card.key === key)?.layers ?? [];
  expect(layers('image i1').map(({ isShared }) => isShared)).toEqual([false, false]);
  expect(layers('image i2').map(({ isShared }) => isShared)).toEqual([true, false]);
  const [stored] = layout.registries[0]?.groups[0]?.cards ?? [];
  expect(stored?.layers.map(({ isShared, hue }) => [isShared, hue])).toEqual([
    [false, layers('image i2')[0]?.hue],
    [false, layers('image i1')[1]?.hue],
  ]);
  // Whoever is left keeps it.
  const after = layoutOf(pictureOf(registry, image('i2', ['a:1'], ['base', 'y'])), memory);
  expect(after.images[0]?.cards[0]?.layers.map(({ isShared }) => isShared)).toEqual([false, false]);
});

test('images stand in the order of the manifests that serve them, the others behind', () => {
  const picture = pictureOf(
    registry,
    image('i1', ['aaa:1'], []),
    image('i2', ['bbb:1'], []),
    image('i3', ['ccc:1'], []),
    manifest('one', 'm3', 'i3', []),
    tag('one', '1', 'm3'),
    manifest('two', 'm2', 'i2', []),
    tag('two', '1', 'm2'),
  );
  expect(layoutOf(picture, new LayerMemory()).images.map(({ name }) => name)).toEqual(['ccc', 'bbb', 'aaa']);
});

test('what was just lost is drawn as it leaves', () => {
  const before = image('i1', ['a:1', 'a:2'], []);
  const gone = pictureOf(before, image('i2', ['b:1'], []));
  const layout = layoutOf(pictureOf(image('i1', ['a:1'], [])), new LayerMemory(), gone);
  const cards = layout.images.flatMap(({ cards }) => cards);
  expect(cards.map(({ key, isGhost }) => [key, isGhost])).toEqual([
    ['image i1', false],
    ['image i2', true],
  ]);
  expect(cards[0]?.labels.map(({ text, isGhost }) => [text, isGhost])).toEqual([
    ['a:1', false],
    ['a:2', true],
  ]);
});

test('what nobody names stands last: without a tag, then deleted', () => {
  const deleted = { ...manifest('web', 'm0', 'x', ['a']), state: 'deleted' as const };
  const picture = pictureOf(
    registry,
    deleted,
    manifest('web', 'm1', 'x', []),
    manifest('web', 'm2', 'y', []),
    tag('web', '1', 'm2'),
  );
  const cards = layoutOf(picture, new LayerMemory()).registries[0]?.groups[0]?.cards ?? [];
  expect(cards.map(({ manifest }) => manifest.digest)).toEqual(['m2', 'm1', 'm0']);
});

test('the filter looks at names and digests', () => {
  const [group] = layoutOf(pictureOf(image('sha256:abc', [`${HOST}/web:1`], [])), new LayerMemory()).images;
  const card = group?.cards[0];
  if (!card) throw new Error('no card');
  expect(['', 'WEB', 'local web', 'abc'].map((words) => matches(words, card))).toEqual([true, true, true, true]);
  expect(matches('web zzz', card)).toBe(false);
});
