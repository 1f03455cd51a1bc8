// The reading against real servers on a Unix socket: a small registry that can lose things, and what is none.

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { socketDial } from '../dial.ts';
import { RegistryReader } from '../registry/reader.ts';
import { RegistryReading } from './read-registry.ts';

const HOST = 'localhost:5000';
let folder: string;
let server: net.Server | null = null;
let reader: RegistryReader;
let asked: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-map-'));
  reader = new RegistryReader(HOST, socketDial(join(folder, 'registry.sock')));
  asked = [];
});
afterEach(async () => {
  reader.close();
  if (server instanceof http.Server) server.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
  rmSync(folder, { recursive: true });
});

async function listen(other: net.Server): Promise<void> {
  server = other;
  await new Promise<void>((resolve) => other.listen(join(folder, 'registry.sock'), resolve));
}

const digestOf = (bytes: string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** One repository, `demo`. */
class SmallRegistry {
  readonly tags = new Map<string, string>();
  readonly manifests = new Map<string, string>();
  readonly blobs = new Map<string, string>();

  /** Pushes an image of these layers; its digest. */
  push(tag: string, layers: string[]): string {
    const blob = (bytes: string) => {
      this.blobs.set(digestOf(bytes), bytes);
      return { digest: digestOf(bytes), size: bytes.length };
    };
    const config = blob(JSON.stringify({ rootfs: { diff_ids: layers.map((layer) => digestOf(`diff ${layer}`)) } }));
    return this.put(tag, JSON.stringify({ config, layers: layers.map(blob) }));
  }

  put(tag: string, body: string): string {
    this.manifests.set(digestOf(body), body);
    this.tags.set(tag, digestOf(body));
    return digestOf(body);
  }

  answer: http.RequestListener = (request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname;
    asked.push(`${request.method} ${path}`);
    const [, kind = '', reference = ''] = /^\/v2\/demo\/(manifests|blobs)\/(.+)$/.exec(path) ?? [];
    const digest = this.tags.get(reference) ?? reference;
    const body =
      path === '/v2/'
        ? '{}'
        : path === '/v2/_catalog'
          ? '{"repositories":["demo"]}'
          : path === '/v2/demo/tags/list'
            ? JSON.stringify({ tags: [...this.tags.keys()] })
            : (kind === 'blobs' ? this.blobs : this.manifests).get(digest);
    if (body === undefined) return void response.writeHead(404).end('{}');
    response.writeHead(200, { 'docker-content-digest': digest, 'content-type': 'application/json' });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

async function small(): Promise<SmallRegistry> {
  const registry = new SmallRegistry();
  await listen(http.createServer(registry.answer));
  return registry;
}

const none = new Map<string, string[]>();

it('tells tags, manifests and diff ids, and asks for what has a digest once', async () => {
  const registry = await small();
  const digest = registry.push('v1', ['a', 'b']);
  const reading = new RegistryReading();
  const facts = await reading.read(reader, none, false);
  expect(facts).toMatchObject({ state: 'up', asksLogin: false, more: 0 });
  expect(facts.repositories).toMatchObject([{ name: 'demo', tags: [{ name: 'v1', digest }], deleted: [] }]);
  expect(facts.repositories[0]?.manifests).toMatchObject([
    { digest, odd: null, diffIds: [digestOf('diff a'), digestOf('diff b')] },
  ]);
  asked = [];
  registry.tags.set('v2', digest);
  expect((await reading.read(reader, none, false)).repositories[0]?.tags).toHaveLength(2);
  expect(asked.filter((one) => one.includes('blobs') || one.startsWith('GET /v2/demo/manifests'))).toEqual([]);
});

it('keeps what lost its tag, then what was deleted, until its blobs are gone', async () => {
  const registry = await small();
  const old = registry.push('v1', ['shared', 'old']);
  const reading = new RegistryReading();
  await reading.read(reader, none, false);
  const now = registry.push('v1', ['shared', 'new']);
  const moved = (await reading.read(reader, none, false)).repositories[0];
  expect(moved?.manifests.map(({ digest }) => digest)).toEqual([now, old]);

  registry.manifests.delete(old);
  const deleted = (await reading.read(reader, none, false)).repositories[0];
  expect(deleted?.manifests.map(({ digest }) => digest)).toEqual([now]);
  // The layer that the other image needs is no leftover.
  expect(deleted?.deleted).toMatchObject([{ manifest: { digest: old } }]);
  expect(deleted?.deleted[0]?.served).toHaveLength(2);
  expect(deleted?.deleted[0]?.served).not.toContain(digestOf('shared'));

  for (const digest of deleted?.deleted[0]?.served ?? []) registry.blobs.delete(digest);
  expect((await reading.read(reader, none, false)).repositories[0]?.deleted).toEqual([]);
});

it('finds a manifest without a tag where the engine knows its digest', async () => {
  const registry = await small();
  const digest = registry.push('v1', ['a']);
  registry.push('v1', ['b']);
  const facts = await new RegistryReading().read(reader, new Map([['demo', [digest, 'sha256:none']]]), false);
  expect(facts.repositories[0]?.manifests).toHaveLength(2);
});

it('draws what is odd as odd, and the rest with it', async () => {
  const registry = await small();
  registry.push('good', ['a']);
  registry.put('html', '<html>');
  registry.put('huge', JSON.stringify('x'.repeat(2 ** 21)));
  registry.tags.set('lost', `sha256:${'0'.repeat(64)}`);
  registry.manifests.set(`sha256:${'1'.repeat(64)}`, '{}');
  registry.tags.set('false', `sha256:${'1'.repeat(64)}`);
  const [repository] = (await new RegistryReading().read(reader, none, false)).repositories;
  expect(repository?.tags).toHaveLength(5);
  expect(repository?.manifests.filter(({ odd }) => odd !== null)).toHaveLength(3);
});

it('draws at most 2,000 tags, and says how many more there are', { timeout: 60_000 }, async () => {
  const registry = await small();
  const digest = registry.push('v0', ['a']);
  for (let n = 1; n < 2_500; n++) registry.tags.set(`v${n}`, digest);
  const facts = await new RegistryReading().read(reader, none, false);
  expect(facts.more).toBe(500);
  expect(facts.repositories[0]?.tags).toHaveLength(2_000);
});

it.each([
  ['a web page', (response: http.ServerResponse) => response.writeHead(200).end('<html>'), 'not-a-registry'],
  ['a login', (response: http.ServerResponse) => response.writeHead(401).end('{}'), 'login-required'],
])('knows %s', async (_, answer, state) => {
  await listen(http.createServer((_request, response) => void answer(response)));
  const facts = await new RegistryReading().read(reader, none, false);
  expect(facts).toMatchObject({ state, repositories: [], asksLogin: state === 'login-required' });
});

it('tells who hangs from who is not there', { timeout: 20_000 }, async () => {
  await listen(http.createServer(() => {}));
  expect((await new RegistryReading().read(reader, none, false)).state).toBe('hangs');
  if (server instanceof http.Server) server.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  await listen(net.createServer((socket) => socket.on('error', () => {}).destroy()));
  expect((await new RegistryReading().read(reader, none, false)).state).toBe('down');
});
