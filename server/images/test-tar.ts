// For tests: tars as `docker save` and as tools of OCI make them, right and wrong.

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

export type TarEntry = [header: Partial<Header> & { name: string }, content?: Buffer | string];

export const LAYER = Buffer.from('what stands for a tar with files\n'.repeat(1000));
export const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const [header, content] of entries) tar.entry(header as Header, content ?? '');
  tar.finalize();
  return buffer(Readable.from(tar));
}

export const configOf = (layers: Buffer[], more: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
      ...more,
    }),
  );

/** What `docker save team/app:1` gives; a change makes it another. */
export function savedEntries(change: { manifest?: unknown; config?: Buffer; layer?: Buffer } = {}): TarEntry[] {
  const config = change.config ?? configOf([LAYER]);
  const manifest = change.manifest ?? [{ Config: 'c.json', RepoTags: ['team/app:1'], Layers: ['one/layer.tar'] }];
  return [
    [{ name: 'c.json' }, config],
    [{ name: 'one/layer.tar' }, change.layer ?? LAYER],
    [{ name: 'manifest.json' }, typeof manifest === 'string' ? manifest : JSON.stringify(manifest)],
  ];
}

export const savedTar = async (change?: Parameters<typeof savedEntries>[0]): Promise<Buffer> =>
  tarOf(savedEntries(change));

/** An image that an engine really takes: its layer has one file. */
export async function realTar(): Promise<Buffer> {
  const layer = await tarOf([[{ name: 'hello' }, 'from whoever runs this server']]);
  return savedTar({ layer, config: configOf([layer]) });
}

/** An OCI layout with two platforms, of which one is there. */
export async function layoutTar(): Promise<Buffer> {
  const zipped = gzipSync(LAYER);
  const config = configOf([LAYER]);
  const manifest = Buffer.from(
    JSON.stringify({ config: { digest: digestOf(config) }, layers: [{ digest: digestOf(zipped) }] }),
  );
  const platforms = [
    { digest: `sha256:${'0'.repeat(64)}`, platform: { architecture: 'arm64', os: 'linux' } },
    { digest: digestOf(manifest), platform: { architecture: 'amd64', os: 'linux' } },
  ];
  const list = Buffer.from(JSON.stringify({ manifests: platforms }));
  const top = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: digestOf(list) };
  const named = { ...top, annotations: { 'io.containerd.image.name': 'docker.io/team/layout:2' } };
  const blobs = [zipped, config, manifest, list].map(
    (bytes): TarEntry => [{ name: `blobs/sha256/${digestOf(bytes).slice(7)}` }, bytes],
  );
  return tarOf([...blobs, [{ name: 'index.json' }, JSON.stringify({ manifests: [named] })]]);
}
