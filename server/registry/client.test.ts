// The client against real servers on a Unix socket: good registries, slow ones, and things that are none.

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketDial } from '../dial.ts';
import { RegistryClient } from './client.ts';
import { RegistryDown } from './types.ts';

let folder: string;
let socketPath: string;
let server: net.Server | null = null;
let requests: { method: string; url: string; host: string; authorization: string; accept: string }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-registry-'));
  socketPath = join(folder, 'registry.sock');
  requests = [];
});
afterEach(async () => {
  if (server instanceof http.Server) server.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
  rmSync(folder, { recursive: true });
});

const serve = (answer: http.RequestListener) =>
  listen(
    http.createServer((request, response) => {
      const { method = '', url = '', headers } = request;
      requests.push({
        method,
        url,
        host: headers.host ?? '',
        authorization: headers.authorization ?? '',
        accept: headers.accept ?? '',
      });
      answer(request, response);
    }),
  );
async function listen(other: net.Server): Promise<RegistryClient> {
  server = other;
  await new Promise<void>((resolve) => other.listen(socketPath, resolve));
  return new RegistryClient('localhost:5000', socketDial(socketPath));
}
const json = (response: http.ServerResponse, body: unknown, headers: http.OutgoingHttpHeaders = {}) =>
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
/** A list in pages, as Distribution makes them. */
const paged =
  (key: string, all: string[], most: number) => (request: http.IncomingMessage, response: http.ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const last = searchParams.get('last');
    const from = last === null ? 0 : all.indexOf(last) + 1;
    const page = all.slice(from, from + Math.min(most, Number(searchParams.get('n'))));
    const more = from + page.length < all.length;
    const link = `<${pathname}?last=${encodeURIComponent(page.at(-1) ?? '')}&n=${most}>; rel="next"`;
    json(response, { name: 'app', [key]: page }, more ? { link } : {});
  };
const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}${index}`);

describe('status', () => {
  it('is up for the answer of Distribution, also behind a login', async () => {
    let status = 200;
    const registry = await serve((_, response) =>
      response.writeHead(status, { 'docker-distribution-api-version': 'registry/2.0' }).end('{}'),
    );
    expect(await registry.status()).toBe('up');
    status = 401;
    expect(await registry.status()).toBe('login-required');
    expect(requests[0]).toMatchObject({ method: 'GET', url: '/v2/', host: 'localhost:5000', authorization: '' });
  });

  it.each<[string, http.RequestListener]>([
    ['a page for every path', (_, response) => response.setHeader('content-type', 'text/html').end('<h1>Hi</h1>')],
    ['no page for this path', (_, response) => response.writeHead(404).end('<h1>404</h1>')],
    ['a redirect', (_, response) => response.writeHead(302, { location: 'http://elsewhere/' }).end()],
    ['an endless page', (_, response) => flood(response)],
  ])('is not-a-registry for %s', async (_, answer) => {
    const registry = await serve(answer);
    expect(await registry.status()).toBe('not-a-registry');
    expect(await registry.repositories()).toEqual([]);
    expect(await registry.tags('app')).toBeNull();
    expect(await registry.manifest('app', '1')).toBeNull();
  });

  it('is not-a-registry for what speaks no HTTP, and down for what hangs up', async () => {
    const registry = await listen(
      net.createServer((socket) => socket.on('data', () => socket.end('-ERR unknown command\r\n'))),
    );
    expect(await registry.status()).toBe('not-a-registry');
    expect(await registry.tags('app')).toBeNull();
    await new Promise((resolve) => server?.close(resolve));
    const other = await listen(net.createServer((socket) => socket.destroy()));
    expect(await other.status()).toBe('down');
    await expect(other.tags('app')).rejects.toBeInstanceOf(RegistryDown);
  });

  it('is a fault of ours where the relay itself is gone', async () => {
    const registry = new RegistryClient('localhost:5000', socketDial(join(folder, 'nothing.sock')));
    await expect(registry.status()).rejects.toMatchObject({ code: 'link-down' });
  });

  it('is down where it switches to another protocol', async () => {
    const registry = await listen(
      net.createServer((socket) =>
        socket.on('data', () =>
          socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
        ),
      ),
    );
    expect(await registry.status()).toBe('down');
  });
});

describe('lists', () => {
  it('reads 500 repositories in their pages', async () => {
    const all = numbered('team/app', 500);
    const registry = await serve(paged('repositories', all, 100));
    expect(await registry.repositories()).toEqual(all);
    expect(requests).toHaveLength(5);
    expect(requests[0]?.url).toBe('/v2/_catalog?n=1000');
  });

  it('reads 2,000 tags in their pages', async () => {
    const all = numbered('v', 2000);
    const registry = await serve(paged('tags', all, 1000));
    expect(await registry.tags('team/app')).toEqual(all);
    expect(requests.map(({ url }) => url)).toEqual([
      '/v2/team/app/tags/list?n=1000',
      '/v2/team/app/tags/list?last=v999&n=1000',
    ]);
  });

  it('tells tags in the order of their numbers, whatever the registry’s', async () => {
    const registry = await serve((_request, response) => json(response, { tags: ['v1', '1.10', 'latest', '1.9'] }));
    expect(await registry.tags('app')).toEqual(['1.9', '1.10', 'latest', 'v1']);
  });

  it('follows an absolute Link on its own socket only, and to no other path', async () => {
    const registry = await serve(({ url }, response) =>
      json(
        response,
        { tags: [url === '/v2/app/tags/list?last=a' ? 'b' : 'a'] },
        {
          link: url?.includes('last')
            ? '</v2/other/tags/list>; rel="next"'
            : '<http://elsewhere/v2/app/tags/list?last=a>; rel=next',
        },
      ),
    );
    expect(await registry.tags('app')).toEqual(['a', 'b']);
    expect(requests).toHaveLength(2);
  });

  it('ends where the next page never does', async () => {
    let page = 0;
    const registry = await serve((_, response) => {
      page++;
      json(response, { repositories: numbered(`r${page}-`, 100) }, { link: `</v2/_catalog?last=${page}>; rel="next"` });
    });
    expect((await registry.repositories()).length).toBeLessThanOrEqual(20_000);
    expect(page).toBeLessThanOrEqual(200);
  });

  it('tells no tags from no repository, and leaves out names of absurd length', async () => {
    const registry = await serve(({ url }, response) => {
      if (url?.startsWith('/v2/none/')) response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}');
      else if (url?.startsWith('/v2/empty/')) json(response, { name: 'empty', tags: null });
      else json(response, { name: 'long', tags: ['x'.repeat(5000), '<b>'] });
    });
    expect(await registry.tags('none')).toBeNull();
    expect(await registry.tags('empty')).toEqual([]);
    expect(await registry.tags('long')).toEqual(['<b>']);
  });

  it.each(['[]', '7', '{"tags": "latest"}', '{"tags": [1]}', '{"tags": ["a"'])('takes %s for no list', async (body) => {
    const registry = await serve((_, response) => response.end(body));
    expect(await registry.tags('app')).toBeNull();
  });
});

describe('manifests', () => {
  const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const image = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: { digest: digest('config') },
    layers: [{ digest: digest('layer') }],
  });

  it('has the digest of the bytes, the image ID and the layers', async () => {
    const registry = await serve((_, response) => response.end(image));
    expect(await registry.manifest('team/app', 'v1')).toEqual({
      digest: digest(image),
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      configDigest: digest('config'),
      layerDigests: [digest('layer')],
    });
    expect(requests[0]).toMatchObject({ url: '/v2/team/app/manifests/v1' });
    expect(requests[0]?.accept).toContain('application/vnd.oci.image.index.v1+json');
  });

  it('has no image ID for a list of platforms', async () => {
    const type = 'application/vnd.oci.image.index.v1+json';
    const index = JSON.stringify({ schemaVersion: 2, manifests: [{ digest: digest('a') }] });
    const registry = await serve((_, response) => response.setHeader('content-type', type).end(index));
    const found = await registry.manifest('app', digest(index));
    expect(found).toEqual({ digest: digest(index), mediaType: type, configDigest: null, layerDigests: [] });
    expect(requests[0]?.url).toBe(`/v2/app/manifests/${digest(index)}`);
  });

  it.each([
    [
      'an unknown type',
      { mediaType: 'application/x-unknown', config: 'none', layers: { a: 1 } },
      'application/x-unknown',
    ],
    ['a type that is no text', { mediaType: 7 }, 'text/plain'],
  ])('keeps the digest of %s', async (_, body, mediaType) => {
    const registry = await serve((__, response) =>
      response.setHeader('content-type', 'text/plain').end(JSON.stringify(body)),
    );
    expect(await registry.manifest('app', '1')).toEqual({
      digest: digest(JSON.stringify(body)),
      mediaType,
      configDigest: null,
      layerDigests: [],
    });
  });

  it('is null for what is no manifest and for what is endless', async () => {
    for (const body of ['[]', '"text"', '<html>', '']) {
      const registry = await serve((_, response) => response.end(body));
      expect(await registry.manifest('app', '1'), body).toBeNull();
      await new Promise((resolve) => server?.close(resolve));
    }
    const registry = await serve((_, response) => flood(response, `${image}${' '.repeat(4 * 1024 * 1024)}`));
    expect(await registry.manifest('app', '1')).toBeNull();
  });

  it('asks for exactly the name it was given', async () => {
    const registry = await serve((_, response) => response.writeHead(404).end());
    await registry.manifest('a b/..?n=1#x', 'v1\r\nX: y');
    await registry.hasBlob('app', 'sha256:abc/é');
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v2/a%20b/..%3Fn%3D1%23x/manifests/v1%0D%0AX:%20y',
      'HEAD /v2/app/blobs/sha256:abc/%C3%A9',
    ]);
  });
});

describe('blobs and logins', () => {
  it('has a blob where HEAD says 200', async () => {
    const registry = await serve(({ url }, response) =>
      response.writeHead(url?.endsWith('sha256:a') ? 200 : 404).end(),
    );
    expect(await registry.hasBlob('app', 'sha256:a')).toBe(true);
    expect(await registry.hasBlob('app', 'sha256:b')).toBe(false);
  });

  it('sends what it logs in with, and nothing else', async () => {
    await serve(({ headers }, response) => {
      if (headers.authorization === 'Basic bWU6czplY3JldA==') json(response, {});
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
    });
    const as = (password: string) =>
      new RegistryClient('localhost:5000', socketDial(socketPath), { user: 'me', password });
    expect(await as('s:ecret').status()).toBe('up');
    expect(await as('wrong').status()).toBe('login-required');
    expect(await as('wrong').tags('app')).toBeNull();
  });
});

describe('a slow registry', () => {
  it('is down after 3 s in all: silent, trickling, or with one page after the other', async () => {
    const registry = await serve(({ url = '' }, response) => {
      if (url.startsWith('/v2/pages/'))
        setTimeout(() => json(response, { tags: ['a'] }, { link: '</v2/pages/tags/list?last=a>; rel="next"' }), 500);
      else if (url.startsWith('/v2/trickle/')) {
        const timer = setInterval(() => response.write(' '), 100);
        response.on('close', () => clearInterval(timer));
      }
    });
    const started = performance.now();
    const asked = [
      registry.tags('silent'),
      registry.hasBlob('silent', 'sha256:a'),
      registry.manifest('trickle', '1'),
      registry.tags('pages'),
    ];
    await Promise.all(asked.map((answer) => expect(answer).rejects.toBeInstanceOf(RegistryDown)));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(requests.filter(({ url }) => url.startsWith('/v2/pages/')).length).toBeGreaterThan(2);
  });
});

function flood(response: http.ServerResponse, start = ''): void {
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  response.write(start);
  more();
}
