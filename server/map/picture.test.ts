import { expect, it } from 'vitest';
import { mapPictureSchema } from '../../protocol/map.ts';
import type { ManifestFacts, RegistryFacts, WorldFacts } from './facts.ts';
import { pictureOf } from './picture.ts';

const HOST = 'localhost:5000';
const manifest: ManifestFacts = {
  digest: 'sha256:m',
  mediaType: 'oci',
  bytes: 500,
  config: { digest: 'sha256:c', bytes: 5 },
  layers: [
    { digest: 'sha256:l1', bytes: 10 },
    { digest: 'sha256:l2', bytes: 20 },
  ],
  diffIds: ['sha256:d1', 'sha256:d2'],
  platforms: [],
  odd: null,
};
const registry = (facts: Partial<RegistryFacts['repositories'][number]>): RegistryFacts => ({
  host: HOST,
  state: 'up',
  asksLogin: false,
  repositories: [{ name: 'demo', tags: [], manifests: [], deleted: [], ...facts }],
  more: 0,
});
const world = (facts: Partial<WorldFacts>): WorldFacts => ({ engine: null, registries: [], logins: [], ...facts });

it('joins blobs and diff ids in manifest order', () => {
  const picture = pictureOf(
    world({ registries: [registry({ tags: [{ name: 'v1', digest: 'sha256:m' }], manifests: [manifest] })] }),
  );
  expect(picture[`tag ${HOST}/demo:v1`]).toMatchObject({ digest: 'sha256:m' });
  expect(picture[`manifest ${HOST}/demo@sha256:m`]).toMatchObject({
    state: 'served',
    layers: [
      { digest: 'sha256:l1', diffId: 'sha256:d1', served: true },
      { digest: 'sha256:l2', diffId: 'sha256:d2', served: true },
    ],
  });
});

it('says of a deleted manifest what is left', () => {
  const picture = pictureOf(world({ registries: [registry({ deleted: [{ manifest, served: ['sha256:l2'] }] })] }));
  expect(picture[`manifest ${HOST}/demo@sha256:m`]).toMatchObject({
    state: 'deleted',
    config: { served: false },
    layers: [{ served: false }, { served: true }],
  });
});

it('tells engine, images and containers, and an image whose layers are not known', () => {
  const image = { id: 'sha256:i', tags: ['a:1'], digests: [], bytes: 9 };
  const container = { id: 'x', name: 'web', image: 'a:1', imageId: 'sha256:i', state: 'running', ports: [] };
  const inventory = { images: [image, { ...image, id: 'sha256:j' }], containers: [container], more: 3 };
  const makes = new Map([['sha256:i', { layers: ['sha256:d1'], platform: 'linux/amd64' }]]);
  const picture = pictureOf(world({ engine: { state: 'up', inventory, makes } }));
  expect(picture.engine).toEqual({ kind: 'engine', state: 'up', more: 3 });
  expect(picture['image sha256:i']).toMatchObject({ layers: ['sha256:d1'], platform: 'linux/amd64' });
  expect(picture['image sha256:j']).toMatchObject({ layers: null });
  expect(picture['container x']).toMatchObject({ name: 'web', imageId: 'sha256:i' });
  expect(pictureOf(world({ engine: { state: 'away' } })).engine).toMatchObject({ state: 'away' });
});

it('shows who is logged in, and nothing else of a login', () => {
  const picture = pictureOf(world({ registries: [registry({})], logins: [{ registry: HOST, user: 'alice' }] }));
  expect(picture[`registry ${HOST}`]).toMatchObject({ login: { user: 'alice' } });
});

it('keeps hostile names as text, within bounds', () => {
  const name = `<img src=x onerror=alert(1)>${'x'.repeat(5_000)}`;
  const image = { id: `sha256:${'0'.repeat(9_000)}`, tags: [name], digests: [name], bytes: 1 };
  const facts = world({
    engine: { state: 'up', inventory: { images: [image], containers: [], more: 0 }, makes: new Map() },
    registries: [registry({ name, tags: [{ name: '__proto__', digest: name }] })],
    logins: [{ registry: HOST, user: name }],
  });
  expect(mapPictureSchema.safeParse(pictureOf(facts)).success).toBe(true);
});
