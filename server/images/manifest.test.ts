import { expect, test } from 'vitest';
import { digestOf } from './layer.ts';
import { type ImageLayer, MEDIA_TYPE, makeImage, makeList } from './manifest.ts';

const layer: ImageLayer = { size: 6, digest: 'sha256:zip', diffId: 'sha256:tar', step: 'COPY it' };
const run = { Env: [], Cmd: ['sh'], ExposedPorts: { '80/tcp': {} }, Labels: { 'slipway.stand-in': 'true' } };

test('a manifest names its config and layers by digest and size', () => {
  const image = makeImage('amd64', [layer], run);
  expect(image.digest).toBe(digestOf(image.bytes));
  expect(JSON.parse(image.bytes.toString())).toEqual({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: { mediaType: MEDIA_TYPE.config, size: image.config.bytes.length, digest: image.config.digest },
    layers: [{ mediaType: MEDIA_TYPE.layer, size: 6, digest: 'sha256:zip' }],
  });
});

test('a config has the layers’ tar digests, how to run it, and a history that fits them', () => {
  const config = JSON.parse(makeImage('arm64', [layer], run).config.bytes.toString());
  expect(config).toMatchObject({ architecture: 'arm64', os: 'linux', config: run });
  expect(config.rootfs).toEqual({ type: 'layers', diff_ids: ['sha256:tar'] });
  expect(config.history.filter((step: { empty_layer?: boolean }) => !step.empty_layer)).toHaveLength(1);
  expect(config.history.map((step: { created_by: string }) => step.created_by)).toEqual([
    'COPY it',
    'EXPOSE 80/tcp',
    'CMD ["sh"]',
  ]);
});

test('the same input gives the same digest, another platform another', () => {
  expect(makeImage('amd64', [layer], run).digest).toBe(makeImage('amd64', [layer], run).digest);
  expect(makeImage('arm64', [layer], run).digest).not.toBe(makeImage('amd64', [layer], run).digest);
});

test('a list names each platform’s manifest', () => {
  const [amd64, arm64] = [makeImage('amd64', [layer], run), makeImage('arm64', [layer], run)];
  const list = makeList([
    { architecture: 'amd64', manifest: amd64 },
    { architecture: 'arm64', manifest: arm64 },
  ]);
  const { manifests } = JSON.parse(list.bytes.toString());
  expect(manifests.map((one: { digest: string }) => one.digest)).toEqual([amd64.digest, arm64.digest]);
  expect(manifests[0]).toMatchObject({ mediaType: MEDIA_TYPE.manifest, size: amd64.bytes.length });
  expect(manifests[0].platform).toEqual({ architecture: 'amd64', os: 'linux' });
});
