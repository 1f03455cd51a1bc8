import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashContext } from './content-hash.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'slipway-hash-'));
  await writeFile(join(dir, 'a'), 'one', { mode: 0o644 });
  await writeFile(join(dir, 'b'), 'two', { mode: 0o644 });
});
afterEach(() => rm(dir, { recursive: true }));

test('the same files and inputs give the same 12 digits', async () => {
  const hash = await hashContext(dir, { BASE: 'x', OTHER: 'y' });
  expect(hash).toMatch(/^[0-9a-f]{12}$/);
  expect(await hashContext(dir, { OTHER: 'y', BASE: 'x' })).toBe(hash);
});

test('the checkout’s umask does not count', async () => {
  const hash = await hashContext(dir, {});
  await chmod(join(dir, 'a'), 0o664);
  expect(await hashContext(dir, {})).toBe(hash);
});

test.each([
  ['content', () => writeFile(join(dir, 'a'), 'other')],
  ['name', () => rename(join(dir, 'a'), join(dir, 'c'))],
  ['executable bit', () => chmod(join(dir, 'a'), 0o755)],
  ['border between two files', () => Promise.all([writeFile(join(dir, 'a'), 'onetwo'), writeFile(join(dir, 'b'), '')])],
])('another %s gives another hash', async (_what, change) => {
  const hash = await hashContext(dir, {});
  await change();
  expect(await hashContext(dir, {})).not.toBe(hash);
});

test('another input gives another hash', async () => {
  expect(await hashContext(dir, { BASE: 'x' })).not.toBe(await hashContext(dir, { BASE: 'y' }));
});
