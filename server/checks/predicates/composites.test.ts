// Tests of checks that are made of other checks.

import { describe, expect, test } from 'vitest';
import { checkItemSchema } from '../items.ts';
import { digest, type Scene, verdict } from './test-world.ts';

const here = { 'image.present': { image: 'nginx' } };
const gone = { 'image.absent': { images: ['nginx'] } };
const up = { 'registry.up': { registry: 'localhost:5000' } };
const nginx: Scene = { images: { 'nginx:latest': 'a' } };

describe('all, any, not', () => {
  test('all: the first that fails speaks', async () => {
    const all = (scene: Scene) => verdict('all', { checks: [here, up] }, scene);
    expect(await all({ ...nginx, registries: { 'localhost:5000': {} } })).toBe('pass');
    expect(await all(nginx)).toContain('no registry runs');
    expect(await all({})).toContain("`nginx:latest` isn't on this machine");
  });

  test('any: one is enough; the first speaks, or the most exact', async () => {
    const any = (scene: Scene) => verdict('any', { checks: [up, here] }, scene);
    expect(await any(nginx)).toBe('pass');
    expect(await any({})).toContain('no registry runs');
    expect(await any({ commands: [['docker pull ngnix', 1]] })).toContain('you probably mean `nginx`');
  });

  test('not: passes on a fail, speaks on a pass, waits on a not yet', async () => {
    const not = (check: object, scene: Scene) => verdict('not', { check, says: 'Not this.' }, scene);
    expect(await not(here, {})).toBe('pass');
    expect(await not(here, nginx)).toBe('Not this.');
    const starting: Scene = { containers: [{ ports: [{ hostPort: 5000, containerPort: 5000 }] }] };
    expect(await not(up, starting)).toContain('nothing answers at `localhost:5000` yet');
  });
});

describe('order', () => {
  const pulled = { event: { action: 'pull', image: 'nginx' } };
  const removed = { event: { action: 'untag', image: 'nginx' } };
  const pull = { action: 'pull', id: 'nginx:latest' };
  const untag = { action: 'untag', id: 'x' };

  test('what was true for a moment is kept', async () => {
    const latched = new Set<string>();
    const order = (scene: Scene) => verdict('order', { checks: [here, gone, here] }, { latched, ...scene });
    expect(await order({})).toContain("isn't on this machine");
    expect(await order(nginx)).toContain('still on this machine');
    expect(await order({})).toContain("isn't on this machine");
    expect(await order(nginx)).toBe('pass');
    expect(await verdict('order', { checks: [here, gone] }, { latched, ...nginx })).toContain('still on this machine');
  });

  test('events count in their order only', async () => {
    const order = (events: Scene['events'], latched = new Set<string>()) =>
      verdict('order', { checks: [removed, pulled] }, { events, latched, remembered: { 'nginx:latest': 'a' } });
    const gone = { ...untag, id: `sha256:${'a'.padStart(64, '0')}` };
    expect(await order([gone, pull])).toBe('pass');
    expect(await order([pull, gone])).toBe('This step asks you to pull `nginx:latest`.');
    expect(await order([pull])).toBe('This step asks you to remove `nginx:latest`.');
    expect(await order([pull, gone, pull])).toBe('pass');
    const latched = new Set<string>();
    await order([pull, gone], latched);
    expect(await order([pull, gone], latched)).toContain('pull');
    expect(await order([pull, gone, pull], latched)).toBe('pass');
    // The journal forgets its oldest events; what was kept stays kept.
    expect(await order([{ ...pull, atMs: 9000 }], latched)).toBe('pass');
  });

  describe('what was so for an instant only, told by events', () => {
    const id = (character: string) => digest(character);
    const untagA = { action: 'untag', id: id('a') };
    const deleteA = { action: 'delete', id: id('a') };
    const tagB = { action: 'tag', id: id('b'), name: 'nginx:latest' };
    const order = (checks: object[], scene: Scene) => verdict('order', { checks }, scene);
    const nowB: Scene = { images: { 'nginx:latest': 'b' }, remembered: { 'nginx:latest': 'ab' } };

    test('a name that went and came again, also with another image', async () => {
      expect(await order([gone, here], { ...nginx, remembered: { 'nginx:latest': 'a' }, events: [untagA, pull] })).toBe(
        'pass',
      );
      expect(await order([gone, here], { ...nowB, events: [untagA, deleteA, tagB] })).toBe('pass');
      expect(await order([here, gone, here], { ...nowB, events: [pull, untagA, deleteA, tagB] })).toBe('pass');
      expect(
        await order([removed, gone, { event: { action: 'tag', image: 'nginx' } }], { ...nowB, events: [untagA, tagB] }),
      ).toBe('pass');
      const id = { 'image.idAbsent': { of: 'nginx' } };
      expect(
        await order([id, here], { ...nginx, remembered: { 'nginx:latest': 'a' }, events: [untagA, deleteA, pull] }),
      ).toBe('pass');
    });

    test('a name that only moved, or was only pulled again, never went', async () => {
      expect(await order([gone, here], { ...nowB, events: [tagB] })).toContain('still on this machine');
      expect(await order([gone, here], { ...nginx, remembered: { 'nginx:latest': 'a' }, events: [pull] })).toContain(
        'still',
      );
      // The image that it had before goes.
      expect(await order([gone, here], { ...nowB, events: [tagB, deleteA] })).toContain('still on this machine');
    });

    test('another name of the image is not taken for it, unless the whole image went', async () => {
      const other: Scene = { ...nginx, remembered: { 'nginx:latest': 'a', 'web:1': 'a' } };
      expect(await order([gone, here], { ...other, events: [untagA, pull] })).toContain('still on this machine');
      expect(await order([gone, here], { ...other, events: [untagA] })).toContain('still on this machine');
      expect(await order([gone, here], { ...other, events: [untagA, untagA, deleteA, pull] })).toBe('pass');
      // It was here all the time, and our own name was given anew after that one had come back.
      const two: Scene = {
        ...nowB,
        images: { 'nginx:latest': 'b', 'web:1': 'a' },
        remembered: { 'nginx:latest': 'ab', 'web:1': 'a' },
      };
      const pullWeb = { action: 'pull', id: 'web:1' };
      expect(await order([gone, here], { ...two, events: [untagA, pullWeb, tagB] })).toContain('still on this machine');
      expect(await order([gone, here], { ...two, events: [untagA, pullWeb, untagA, tagB] })).toBe('pass');
      // It was another image's name then, or nobody's.
      const tagWeb = { action: 'tag', id: id('a'), name: 'web:1' };
      expect(await order([gone, here], { ...two, events: [untagA, tagB, tagWeb] })).toContain('still on this machine');
      expect(await order([gone, here], { ...two, seenAtMs: { 'web:1': 1002 }, events: [untagA, tagB, tagWeb] })).toBe(
        'pass',
      );
      expect(await order([gone, here], { ...two, events: [{ ...tagWeb, id: id('c') }, untagA, tagB] })).toBe('pass');
      const both: Scene = { ...other, images: { 'nginx:latest': 'a', 'web:1': 'a' } };
      expect(await order([gone, here], { ...both, events: [untagA, pull] })).toBe('pass');
    });

    test('pulled, then removed: the other way round it is not', async () => {
      const pulledFirst = [{ 'image.pulled': { image: 'nginx' } }, gone];
      const after = [{ 'image.pulled': { image: 'nginx', afterRemoval: true } }, gone];
      const scene: Scene = { remembered: { 'nginx:latest': 'a' } };
      expect(await order(pulledFirst, { ...scene, events: [pull, untagA] })).toBe('pass');
      expect(await order(after, { ...scene, events: [pull, untagA] })).toContain("isn't on this machine");
      expect(await order(after, { ...scene, events: [untagA, pull, untagA] })).toBe('pass');
      expect(await order(after, { ...nginx, ...scene, events: [untagA, pull] })).toContain('still on this machine');
    });

    test('containers', async () => {
      const container = (action: string, image = 'nginx') => ({
        kind: 'container' as const,
        action,
        name: 'web',
        image,
      });
      const runs = { 'container.running': { name: 'web', image: 'nginx' } };
      const away = { 'container.absent': { name: 'web' } };
      const life = ['create', 'start', 'die', 'destroy'].map((action) => container(action));
      expect(await order([runs, away, runs, away], { events: [...life, ...life] })).toBe('pass');
      expect(await order([runs, away, runs], { events: life })).toContain('web');
      expect(await order([runs, away], { events: life.map((event) => ({ ...event, image: 'alpine' })) })).toContain(
        'web',
      );
      const published = { 'container.running': { name: 'web', image: 'nginx', publish: '80:80' } };
      expect(await order([published, away], { events: life })).toContain('web');
      expect(await order([{ any: { checks: [published, runs] } }, away], { events: life })).toBe('pass');
    });
  });

  test('a state, then an event after it', async () => {
    const latched = new Set<string>();
    const order = (scene: Scene) => verdict('order', { checks: [gone, pulled] }, { latched, ...scene });
    expect(await order({ events: [pull, untag] })).toContain('asks you to pull');
    expect(await order({ ...nginx, events: [pull, untag] })).toContain('asks you to pull');
    expect(await order({ ...nginx, events: [pull, untag, pull] })).toBe('pass');
  });
});

describe('the schema', () => {
  const problem = (check: unknown) => {
    const issue = checkItemSchema.safeParse(check).error?.issues[0];
    return `${issue?.path.join('.')}: ${issue?.message}`;
  };
  test.each<[unknown, RegExp]>([
    [{ all: { checks: [{ 'image.presnt': { image: 'a' } }] } }, /^all\.checks\.0\.image\.presnt: unknown check type/],
    [{ not: { check: { 'image.present': { image: 'A B' } }, says: 'x' } }, /^not\.check\.image\.present\.image: /],
    [{ order: { checks: [here] } }, /^order\.checks: /],
    [{ event: { action: 'pull' } }, /`image` or `container` is missing/],
    [{ event: { action: 'pull', container: 'x' } }, /needs `image`, not `container`/],
    [{ file: { path: '/etc/passwd', matches: 'x' } }, /a path in the home folder/],
    [{ file: { path: '~/../x', matches: 'x' } }, /a path in the home folder/],
    [{ 'container.running': { name: 'x', image: 'x', volume: '/a:/b' } }, /NAME:\/path/],
    [{ ...here, ...gone }, /each check is one key/],
  ])('%j', (check, says) => expect(problem(check)).toMatch(says));

  test('a key tells the same check from another, and no password', () => {
    const key = (password: string) =>
      checkItemSchema.parse({ 'registry.auth': { registry: 'localhost:5000', user: 'a', password } }).key;
    expect(key('s3cret')).toBe(key('s3cret'));
    expect(key('s3cret')).not.toBe(key('other'));
    expect(key('s3cret')).toMatch(/^[0-9a-f]{16}$/);
  });
});
