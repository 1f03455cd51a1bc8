// Tests of checks that are made of other checks.

import { describe, expect, test } from 'vitest';
import { checkItemSchema } from '../items.ts';
import { type Scene, verdict } from './test-world.ts';

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
