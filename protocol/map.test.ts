import { expect, test } from 'vitest';
import { applied, difference, keyOf, type MapPicture, type MapThing, mapDifferenceSchema } from './map.ts';

/** The same numbers in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

function anyPicture(roll: (below: number) => number): MapPicture {
  const things: MapThing[] = [{ kind: 'engine', state: roll(2) === 0 ? 'up' : 'away', more: roll(2) }];
  for (let count = roll(6); count > 0; count--) {
    const id = `sha256:${roll(4)}`;
    things.push({ kind: 'image', id, tags: [`a:${roll(3)}`], digests: [], bytes: roll(3), layers: null, platform: '' });
  }
  for (let count = roll(6); count > 0; count--) {
    const tag = { host: 'localhost:5000', repository: ['a', '__proto__'][roll(2)] ?? '', name: `v${roll(3)}` };
    things.push({ kind: 'tag', ...tag, digest: `sha256:${roll(3)}` });
  }
  return Object.fromEntries(things.map((thing) => [keyOf(thing), thing]));
}

test('a picture and its difference to another give the other', () => {
  const roll = dice(7);
  let changes = 0;
  for (let round = 0; round < 500; round++) {
    const [before, after] = [anyPicture(roll), anyPicture(roll)];
    const change = difference(before, after);
    if (change) changes += 1;
    // As it travels.
    const told = change && mapDifferenceSchema.parse(JSON.parse(JSON.stringify(change)));
    expect(told ? applied(before, told) : before).toEqual(after);
  }
  expect(changes).toBeGreaterThan(400);
});

test('the same picture needs no difference, and a small change a small one', () => {
  const picture = anyPicture(dice(3));
  expect(difference(picture, JSON.parse(JSON.stringify(picture)))).toBeNull();
  const engine: MapThing = { kind: 'engine', state: 'none', more: 0 };
  expect(difference(picture, { ...picture, engine })).toEqual({ set: { engine }, gone: [] });
});

test('things of different kinds and places have different keys', () => {
  const place = { host: 'h', repository: 'r' };
  const blobless = { mediaType: '', bytes: 0, config: null, layers: [], platforms: [], odd: null };
  const things: MapThing[] = [
    { kind: 'tag', ...place, name: 'v1', digest: 'd' },
    { kind: 'tag', host: 'h', repository: 'r2', name: 'v1', digest: 'd' },
    { kind: 'manifest', ...place, digest: 'd', state: 'served', ...blobless },
    { kind: 'repository', host: 'h', name: 'r' },
    { kind: 'registry', host: 'h', state: 'up', asksLogin: false, login: null, more: 0 },
  ];
  expect(new Set(things.map(keyOf)).size).toBe(things.length);
});
