import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readDiffIds, readManifest } from './manifest-facts.ts';

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const document = (body: unknown, mediaType = '') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { bytes: Buffer.from(text), mediaType, digest: digestOf(text) };
};
const blob = (name: string, size = 10) => ({ mediaType: 'x', digest: digestOf(name), size });

it('reads config and layers in their order', () => {
  const facts = readManifest(
    document({ schemaVersion: 2, config: blob('c'), layers: [blob('a', 1), blob('b', 2)] }, 'oci'),
  );
  expect(facts).toMatchObject({ mediaType: 'oci', odd: null, config: { digest: digestOf('c') }, platforms: [] });
  expect(facts.layers).toEqual([
    { digest: digestOf('a'), bytes: 1 },
    { digest: digestOf('b'), bytes: 2 },
  ]);
});

it('reads the platforms of a list', () => {
  const platform = { os: 'linux', architecture: 'arm64', variant: 'v8' };
  const facts = readManifest(document({ manifests: [{ ...blob('m'), platform }, blob('n')] }));
  expect(facts.platforms).toEqual([
    { platform: 'linux/arm64/v8', digest: digestOf('m') },
    { platform: 'unknown', digest: digestOf('n') },
  ]);
});

it('calls everything else odd', () => {
  const many = { config: blob('c'), layers: Array.from({ length: 200 }, () => blob('a')) };
  const odd = [
    '<html>',
    [],
    7,
    null,
    {},
    many,
    { config: { digest: 'sha256:x', size: 1 }, layers: [] },
    'x'.repeat(2 ** 21),
  ];
  for (const body of odd) expect(readManifest(document(body)).odd).toEqual(expect.any(String));
});

it('matches diff ids to layers by their number only', () => {
  const ids = [digestOf('1'), digestOf('2')];
  const config = document({ rootfs: { type: 'layers', diff_ids: ids } });
  expect(readDiffIds(config, 2)).toEqual(ids);
  expect(readDiffIds(config, 3)).toBeNull();
  expect(readDiffIds(document({ rootfs: { diff_ids: ['<b>'] } }), 1)).toBeNull();
  expect(readDiffIds(document('no JSON'), 0)).toBeNull();
  expect(readDiffIds(null, 0)).toBeNull();
});
