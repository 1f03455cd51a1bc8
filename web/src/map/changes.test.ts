import { expect, test } from 'vitest';
import { keyOf, type MapPicture, type MapThing, type MapThingOf } from '../../../protocol/map.ts';
import { changesBetween } from './changes.ts';

const HOST = 'localhost:5000';
const pictureOf = (...things: MapThing[]): MapPicture =>
  Object.fromEntries(things.map((thing) => [keyOf(thing), thing]));
const said = (before: MapPicture, now: MapPicture) => changesBetween(before, now).map(({ text }) => text);
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const engine: MapThing = { kind: 'engine', state: 'up', more: 0 };
const registry = (state: MapThingOf<'registry'>['state']): MapThing => ({
  ...{ kind: 'registry', host: HOST, state, asksLogin: false, login: null, more: 0 },
});
const image = (id: string, ...tags: string[]): MapThing => ({
  ...{ kind: 'image', id: digest(id), tags, digests: [], bytes: 1, layers: [], platform: '' },
});
const tag = (name: string, to: string): MapThing => ({
  ...{ kind: 'tag', host: HOST, repository: 'demo', name, digest: digest(to) },
});

test('says what a tag points at, anew and moved', () => {
  const before = pictureOf(registry('up'), tag('v1', 'a'));
  expect(said(before, pictureOf(registry('up'), tag('v1', 'b'), tag('v2', 'b')))).toEqual([
    'localhost:5000/demo:v1 now points at sha256:bbbbbbbbbbbb',
    'localhost:5000/demo:v2 points at sha256:bbbbbbbbbbbb',
  ]);
});

test('tells untagged from deleted', () => {
  const before = pictureOf(engine, image('a', 'x:1', 'x:2'), image('b', 'y:1'));
  expect(said(before, pictureOf(engine, image('a', 'x:1')))).toEqual([
    'Untagged: x:2. Image aaaaaaaaaaaa stays',
    'Deleted: image bbbbbbbbbbbb, y:1',
  ]);
});

test('does not call gone what nobody can see', () => {
  const before = pictureOf(engine, registry('up'), tag('v1', 'a'), image('a', 'x:1'));
  const away: MapThing = { ...engine, state: 'away' } as MapThing;
  expect(said(before, pictureOf(away, registry('down')))).toEqual([
    'Your engine does not answer',
    'Nothing answers at localhost:5000',
  ]);
});

test('says nothing of the same picture', () => {
  const picture = pictureOf(engine, registry('up'), tag('v1', 'a'));
  expect(said(picture, structuredClone(picture))).toEqual([]);
});

test('says nothing of a registry that a server asks which has just started, and of what it has', () => {
  const known = pictureOf(engine, registry('up'), tag('v1', 'a'));
  const [asking, again] = [pictureOf(engine, registry('asking')), structuredClone(known)];
  expect([...said(known, asking), ...said(asking, again)]).toEqual([]);
  // Positive control.
  expect(said(known, pictureOf(engine, registry('hangs')))).toHaveLength(1);
});
