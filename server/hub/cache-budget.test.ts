import { expect, test } from 'vitest';
import { CacheBudget, readContents, type StoreContents } from './cache-budget.ts';

function budget(capBytes: number, first: StoreContents = { bytes: 0, keys: new Set() }) {
  const state = { contents: first, looks: 0, nowMs: 0 };
  const contents = async () => {
    state.looks += 1;
    return state.contents;
  };
  const own = new CacheBudget({ capBytes, contents, nowMs: () => state.nowMs });
  return { state, admit: (key: string, bytes: number | null) => own.admit(key, async () => bytes) };
}

test('what fits is let in, and counts', async () => {
  const { admit } = budget(100);
  expect(await admit('a', 60)).toBe(true);
  expect(await admit('b', 41)).toBe(false);
  expect(await admit('c', 40)).toBe(true);
  expect(await admit('d', 1)).toBe(false);
});

test('what is there, or on its way, is served however full it is', async () => {
  const { admit } = budget(100, { bytes: 500, keys: new Set(['there']) });
  expect(await admit('there', 50)).toBe(true);
  expect(await admit('new', 1)).toBe(false);
  const filling = budget(100);
  await filling.admit('a', 100);
  expect(await filling.admit('a', 100)).toBe(true);
});

test('many at once do not take the same room', async () => {
  const { admit, state } = budget(100);
  const admitted = await Promise.all(Array.from({ length: 50 }, (_, index) => admit(`blob-${index}`, 10)));
  expect(admitted.filter(Boolean)).toHaveLength(10);
  expect(state.looks).toBe(1);
});

test('what does not exist takes no room', async () => {
  const { admit } = budget(10);
  expect(await admit('a', null)).toBe(true);
  expect(await admit('b', 10)).toBe(true);
});

test('what turns out not to exist gives its room back', async () => {
  const own = new CacheBudget({ capBytes: 10, contents: async () => ({ bytes: 0, keys: new Set() }) });
  await own.admit('a', async () => 10);
  own.release('a');
  expect(await own.admit('b', async () => 10)).toBe(true);
});

test('a full store is looked at again, not more often than every ten seconds', async () => {
  const { admit, state } = budget(100, { bytes: 100, keys: new Set() });
  expect(await admit('a', 50)).toBe(false);
  state.contents = { bytes: 40, keys: new Set() };
  expect(await admit('a', 50)).toBe(false);
  expect(state.looks).toBe(1);
  state.nowMs = 10_000;
  expect(await admit('a', 50)).toBe(true);
  expect(state.looks).toBe(2);
});

test('what was let in counts until it is seen on disk, or for a quarter of an hour', async () => {
  const { admit, state } = budget(100);
  await admit('a', 60);
  await admit('b', 40);
  state.contents = { bytes: 60, keys: new Set(['a']) };
  state.nowMs = 10_000;
  expect(await admit('c', 1)).toBe(false);
  state.nowMs += 16 * 60_000;
  expect(await admit('c', 40)).toBe(true);
});

test('a store that cannot be looked at lets nothing in, and is looked at the next time', async () => {
  let broken = true;
  const own = new CacheBudget({
    capBytes: 100,
    contents: async () => {
      if (broken) throw new Error('no container');
      return { bytes: 0, keys: new Set() };
    },
  });
  await expect(own.admit('a', async () => 1)).rejects.toThrow('no container');
  broken = false;
  expect(await own.admit('a', async () => 1)).toBe(true);
});

test('a listing of the store', () => {
  const digest = 'ab'.repeat(32);
  const listing = [
    `1000 docker/registry/v2/blobs/sha256/ab/${digest}/data`,
    '71 docker/registry/v2/repositories/library/nginx/_manifests/tags/1.27/current/link',
    '71 docker/registry/v2/repositories/library/nginx/_layers/sha256/ff/link',
    '500 docker/registry/v2/repositories/library/nginx/_uploads/1/data',
    'find: something else',
    '',
  ].join('\r\n');
  expect(readContents(listing)).toEqual({ bytes: 1642, keys: new Set([`sha256:${digest}`, 'library/nginx:1.27']) });
});
