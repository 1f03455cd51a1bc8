import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtAssets } from './assets.ts';

const folder = mkdtempSync('/tmp/slw-assets-');
const text = 'export const one = 1;\n'.repeat(50);
let server: ReturnType<express.Express['listen']>;

beforeAll(async () => {
  writeFileSync(`${folder}/page-a1.js`, text);
  writeFileSync(`${folder}/page-a1.js.gz`, gzipSync(text));
  writeFileSync(`${folder}/page-a1.js.br`, brotliCompressSync(text));
  writeFileSync(`${folder}/font-b2.woff2`, 'a font');
  const app = express().use('/assets', builtAssets(folder));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Without what a client adds by itself. */
function get(
  path: string,
  encodings?: string,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ port, path, headers: encodings ? { 'accept-encoding': encodings } : {} }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

test('what was compressed at the build is sent so, under its own type, and kept for ever', async () => {
  const { status, headers, body } = await get('/assets/page-a1.js', 'gzip, deflate');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  expect(headers['content-type']).toMatch(/^text\/javascript/);
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(gunzipSync(body).toString()).toBe(text);
});

test('brotli comes first where both sides have it', async () => {
  const { headers, body } = await get('/assets/page-a1.js', 'gzip, deflate, br');
  expect(headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(body).toString()).toBe(text);
});

test('who takes no compression gets none, and a font never has any', async () => {
  const plain = await get('/assets/page-a1.js');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body.toString()).toBe(text);
  const font = await get('/assets/font-b2.woff2', 'gzip, br');
  expect(font.headers).not.toHaveProperty('content-encoding');
  expect(font.headers['cache-control']).toContain('immutable');
  expect((await get('/assets/none.js', 'gzip')).status).toBe(404);
  expect((await get('/assets/..%2f..%2fetc%2fpasswd', 'gzip')).status).toBe(403);
});
