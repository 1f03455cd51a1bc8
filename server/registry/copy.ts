// Copies an image from one registry into another, blob by blob, as `docker push` would leave it there, with no engine in between.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md

import { type Agent, type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { agentFor, type Dial } from '../dial.ts';
import { SlipwayError } from '../errors.ts';
import { ACCEPT_MANIFESTS, authorization } from './headers.ts';
import type { Credentials } from './types.ts';

/** A registry and the way to it. */
export interface RegistryEnd {
  host: string;
  dial: Dial;
  credentials?: Credentials;
}

export interface ImageAt {
  registry: RegistryEnd;
  repository: string;
  tag: string;
}

/** Each connection goes through two relays in a sandbox, so they are used again. */
type Reached = ImageAt & { agent: Agent };

const IDLE_MS = 15_000;
const CONNECTIONS = 4;
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const DOCKER = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};

const descriptor = z.object({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  size: z.int().nonnegative(),
  mediaType: z.string(),
});
const platform = z.object({ os: z.string(), architecture: z.string() });
const listed = z.object({ manifests: z.array(descriptor.extend({ platform: platform.optional() })) });
const manifest = z.object({ config: descriptor, layers: z.array(descriptor) });
type Manifest = z.infer<typeof manifest>;
type Descriptor = z.infer<typeof descriptor>;

/** Throws SlipwayError `copy` where one of the two does not do as the specification says, or not in time. */
export async function copyImage(source: ImageAt, target: ImageAt): Promise<void> {
  const from = reached(source);
  const to = reached(target);
  try {
    const image = await imageManifest(from);
    const bytes = Buffer.from(JSON.stringify(asDockerWrites(image), null, 3));
    await Promise.all([image.config, ...image.layers].map((blob) => copyBlob(from, to, blob)));
    const path = `/v2/${to.repository}/manifests/${to.tag}`;
    const headers = { 'content-type': DOCKER.manifest, 'content-length': bytes.length };
    await drained(await ask(to, 'PUT', path, { headers, body: bytes, expect: 201 }));
  } catch (cause) {
    throw new SlipwayError(
      'copy',
      `${nameOf(from)} could not be copied to ${nameOf(to)}: ${(cause as Error).message}`,
      {
        next: 'Try again, or start again with a fresh sandbox.',
        cause,
      },
    );
  } finally {
    for (const { agent } of [from, to]) agent.destroy();
  }
}

function reached(image: ImageAt): Reached {
  return { ...image, agent: agentFor(image.registry.dial, { keepAlive: true, maxSockets: CONNECTIONS }) };
}

/** Of this machine's platform, where there are several. */
async function imageManifest(from: Reached): Promise<Manifest> {
  const get = async (reference: string): Promise<unknown> => {
    const path = `/v2/${from.repository}/manifests/${reference}`;
    return json(await ask(from, 'GET', path, { headers: { accept: ACCEPT_MANIFESTS }, expect: 200 }));
  };
  const found = await get(from.tag);
  const list = listed.safeParse(found);
  if (!list.success) return manifest.parse(found);
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const ours = list.data.manifests.find(
    (one) => one.platform?.os === 'linux' && one.platform.architecture === architecture,
  );
  if (!ours) throw new Error(`it has no image for linux/${architecture}`);
  return manifest.parse(await get(ours.digest));
}

/** A classic engine writes Docker's schema 2, whichever of the two formats it read. */
function asDockerWrites({ config, layers }: Manifest) {
  const foreign = layers.find(({ mediaType }) => !/[+.]gzip$/.test(mediaType));
  if (foreign) throw new Error(`it has a layer of the type ${foreign.mediaType}`);
  const as = (mediaType: string, { size, digest }: Descriptor) => ({ mediaType, size, digest });
  return {
    schemaVersion: 2,
    mediaType: DOCKER.manifest,
    config: as(DOCKER.config, config),
    layers: layers.map((layer) => as(DOCKER.layer, layer)),
  };
}

async function copyBlob(from: Reached, to: Reached, { digest, size }: Descriptor): Promise<void> {
  const there = await ask(to, 'HEAD', `/v2/${to.repository}/blobs/${digest}`, {});
  await drained(there);
  if (there.statusCode === 200) return;
  const begun = await ask(to, 'POST', `/v2/${to.repository}/blobs/uploads/`, { expect: 202 });
  await drained(begun);
  const target = new URL(begun.headers.location ?? '', `http://${to.registry.host}`);
  target.searchParams.set('digest', digest);
  const body = await ask(from, 'GET', `/v2/${from.repository}/blobs/${digest}`, { expect: 200 });
  const headers = { 'content-type': 'application/octet-stream', 'content-length': size };
  await drained(await ask(to, 'PUT', target.pathname + target.search, { headers, body, expect: 201 }));
}

interface Asked {
  headers?: Record<string, string | number>;
  body?: Buffer | Readable;
  expect?: number;
}

async function ask(
  { registry: { host, credentials }, agent }: Reached,
  method: string,
  path: string,
  { headers = {}, body = Buffer.alloc(0), expect }: Asked,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options = {
    method,
    path,
    headers: { host, ...authorization(credentials), ...headers },
    agent,
  };
  const sent = request(options, resolve).on('error', reject);
  sent.setTimeout(IDLE_MS, () => sent.destroy(new Error(`${method} ${path}: no answer for ${IDLE_MS / 1000} s`)));
  // Both may fail, and each failure has to find somebody who waits for it.
  const [answer] = await Promise.all([promise, Buffer.isBuffer(body) ? sent.end(body) : pipeline(body, sent)]);
  if (expect === undefined || answer.statusCode === expect) return answer;
  answer.resume();
  throw new Error(`${method} ${path}: the answer is ${answer.statusCode}, not ${expect}`);
}

async function json(answer: IncomingMessage): Promise<unknown> {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_MANIFEST_BYTES) answer.destroy(new Error('the manifest is too large'));
  });
  return JSON.parse((await buffer(answer)).toString('utf8'));
}

async function drained(answer: IncomingMessage): Promise<void> {
  for await (const _ of answer);
}

function nameOf({ registry, repository, tag }: ImageAt): string {
  return `${registry.host}/${repository}:${tag}`;
}
