// An image gets from one registry into another as an engine would have pushed it, or a plain error says why not.

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketDial } from '../dial.ts';
import { copyImage, type ImageAt, type RegistryEnd } from './copy.ts';

/** As little of a registry as a copy needs, that remembers what it was sent. */
class TinyRegistry {
  readonly end: RegistryEnd;
  readonly manifests = new Map<string, { type: string; bytes: Buffer }>();
  readonly blobs = new Map<string, Buffer>();
  readonly asked: string[] = [];
  user: string | null = null;
  /** Hangs up in the middle of an upload. */
  breaks = false;
  readonly #server: Server;

  constructor(socketPath: string) {
    this.end = { host: 'registry.test', dial: socketDial(socketPath) };
    this.#server = createServer((request, response) => void this.#answer(request, response)).listen(socketPath);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  add(bytes: Buffer, mediaType: string) {
    const digest = digestOf(bytes);
    this.blobs.set(digest, bytes);
    return { digest, size: bytes.length, mediaType };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.asked.push(`${method} ${url}`);
    if (this.breaks && method === 'PUT') return void request.once('data', () => request.destroy());
    const body = await buffer(request);
    const { pathname, searchParams } = new URL(url, 'http://x');
    const [, , , what, name = ''] = pathname.split('/');
    const end = (status: number, more: Record<string, string> = {}, bytes?: Buffer) => {
      response.writeHead(status, more).end(bytes);
    };
    if (this.user && headers.authorization !== `Basic ${Buffer.from(this.user).toString('base64')}`) return end(401);
    if (what === 'manifests' && method === 'PUT') {
      this.manifests.set(name, { type: String(headers['content-type']), bytes: body });
      return end(201);
    }
    if (what === 'manifests') {
      const found = this.manifests.get(name);
      return found ? end(200, { 'content-type': found.type }, found.bytes) : end(404);
    }
    if (method === 'POST') return end(202, { location: `http://registry.test/v2/app/uploads/1?state=s` });
    if (method === 'PUT') {
      const digest = searchParams.get('digest') ?? '';
      if (digestOf(body) !== digest || searchParams.get('state') !== 's') return end(400);
      this.blobs.set(digest, body);
      return end(201);
    }
    const blob = this.blobs.get(name);
    return blob ? end(200, {}, blob) : end(404);
  }
}

const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const OCI = 'application/vnd.oci.image';
const DOCKER = 'application/vnd.docker';

let dir: string;
let hub: TinyRegistry;
let own: TinyRegistry;
let from: ImageAt;
let to: ImageAt;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'slipway-copy-'));
  hub = new TinyRegistry(join(dir, 'hub.sock'));
  own = new TinyRegistry(join(dir, 'own.sock'));
  from = { registry: hub.end, repository: 'nginx', tag: 'latest' };
  to = { registry: own.end, repository: 'app', tag: '1.0' };
});
afterEach(() => {
  hub.close();
  own.close();
  rmSync(dir, { recursive: true });
});

function image(layerType: string, seed = 'layer') {
  const config = hub.add(Buffer.from(`{"config":"${seed}"}`), `${OCI}.config.v1+json`);
  const layers = [hub.add(Buffer.alloc(300_000, seed), layerType), hub.add(Buffer.from('small'), layerType)];
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: `${OCI}.manifest.v1+json`, config, layers }));
}
const put = (tag: string, bytes: Buffer, type = `${OCI}.manifest.v1+json`) => hub.manifests.set(tag, { type, bytes });
const written = () => JSON.parse(own.manifests.get('1.0')?.bytes.toString() ?? 'null');

describe('copyImage', () => {
  it("writes an OCI image as Docker's schema 2, with its blobs byte by byte", async () => {
    put('latest', image(`${OCI}.layer.v1.tar+gzip`));
    await copyImage(from, to);
    expect(own.manifests.get('1.0')?.type).toBe(`${DOCKER}.distribution.manifest.v2+json`);
    expect(written()).toMatchObject({
      schemaVersion: 2,
      mediaType: `${DOCKER}.distribution.manifest.v2+json`,
      config: { mediaType: `${DOCKER}.container.image.v1+json` },
      layers: [{ mediaType: `${DOCKER}.image.rootfs.diff.tar.gzip`, size: 300_000 }, { size: 5 }],
    });
    expect(new Map([...own.blobs].sort())).toEqual(new Map([...hub.blobs].sort()));
  });

  it("takes this machine's image out of a list, and sends no blob twice", async () => {
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    const entry = (bytes: Buffer, os: string, cpu: string) => {
      put(digestOf(bytes), bytes);
      return { digest: digestOf(bytes), size: bytes.length, mediaType: 'm', platform: { os, architecture: cpu } };
    };
    const ours = image(`${DOCKER}.image.rootfs.diff.tar.gzip`, 'ours');
    const manifests = [
      entry(image('x.gzip', 'windows'), 'windows', architecture),
      entry(image('x.gzip', 'other'), 'linux', 'mips'),
      entry(ours, 'linux', architecture),
    ];
    put('latest', Buffer.from(JSON.stringify({ schemaVersion: 2, manifests })), `${OCI}.index.v1+json`);
    await copyImage(from, to);
    expect(written().config.digest).toBe(JSON.parse(ours.toString()).config.digest);
    const uploads = own.asked.filter((line) => line.startsWith('POST')).length;
    expect(uploads).toBe(3);
    await copyImage(from, { ...to, tag: '2.0' });
    expect(own.asked.filter((line) => line.startsWith('POST'))).toHaveLength(uploads);
  });

  it('logs in where it has to', async () => {
    put('latest', image('x.gzip'));
    own.user = 'alice:s3cret';
    await expect(copyImage(from, to)).rejects.toThrow(
      /could not be copied to registry\.test\/app:1\.0: .*the answer is 401/,
    );
    const registry = { ...own.end, credentials: { user: 'alice', password: 's3cret' } };
    await copyImage(from, { ...to, registry });
    expect(written().layers).toHaveLength(2);
  });

  it('ends in one error where a connection breaks, and can be tried again', async () => {
    put('latest', image('x.gzip'));
    own.breaks = true;
    await expect(copyImage(from, to)).rejects.toMatchObject({ code: 'copy' });
    own.breaks = false;
    await copyImage(from, to);
    expect(written().layers).toHaveLength(2);
  });

  it('says what is missing or not to be read', async () => {
    await expect(copyImage(from, to)).rejects.toThrow(/the answer is 404, not 200/);
    put('latest', image(`${OCI}.layer.v1.tar+zstd`));
    await expect(copyImage(from, to)).rejects.toThrow(/a layer of the type .*zstd/);
    put('latest', Buffer.from('<html>'));
    await expect(copyImage(from, to)).rejects.toMatchObject({ code: 'copy' });
    const away = { ...to, registry: { ...own.end, dial: socketDial(join(dir, 'none.sock')) } };
    put('latest', image('x.gzip'));
    await expect(copyImage(from, away)).rejects.toThrow(/ENOENT/);
    expect(own.manifests.size).toBe(0);
  });
});
