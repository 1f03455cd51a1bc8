// A given certificate: what is said of one that is of no use, and a renewed one that is taken up while the server runs.

import { mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followCertificate, nameFor, readCertificate } from './certificate.ts';
import { testCertificate } from './test-certificate.ts';

const DAY_MS = 86_400_000;

let dir: string;
let files: { cert: string; key: string };
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'slipway-tls-'));
  files = { cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem') };
});
afterEach(() => rmSync(dir, { recursive: true }));

function put({ cert, key }: { cert: string; key: string }): void {
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
}

describe('readCertificate', () => {
  it('takes a certificate with its key, and knows its names', async () => {
    put(await testCertificate(['learn.example.com', '192.0.2.7', '*.example.org']));
    const read = readCertificate(files);
    expect(read.names).toEqual(['learn.example.com', '192.0.2.7']);
    expect(nameFor(read, ['10.0.0.1', '192.0.2.7'])).toBe('192.0.2.7');
    expect(nameFor(read, ['10.0.0.1'])).toBe('learn.example.com');
    expect(nameFor({ ...read, names: [] }, ['10.0.0.1'])).toBeNull();
  });

  it('says what is missing, mixed up, or out of its time', async () => {
    expect(() => readCertificate(files)).toThrow(/--tls-cert .*cert\.pem cannot be read/);
    const one = await testCertificate(['a.example']);
    writeFileSync(files.cert, one.cert);
    expect(() => readCertificate(files)).toThrow(/--tls-key .*key\.pem cannot be read/);
    put({ cert: 'nothing', key: one.key });
    expect(() => readCertificate(files)).toThrow(/holds no certificate/);
    put({ cert: one.cert, key: 'nothing' });
    expect(() => readCertificate(files)).toThrow(/holds no private key/);
    put({ cert: one.cert, key: (await testCertificate(['a.example'])).key });
    expect(() => readCertificate(files)).toThrow(/is not the key of/);
    put(await testCertificate(['a.example'], { toMs: Date.now() - 60_000 }));
    expect(() => readCertificate(files)).toThrow(/has expired on \d{4}-/);
    put(await testCertificate(['a.example'], { fromMs: Date.now() + DAY_MS }));
    expect(() => readCertificate(files)).toThrow(/is valid from/);
    put(one);
    expect(readCertificate(files).cert).toBe(one.cert);
  });
});

/** The certificate that a new connection is shown. */
const shownBy = (server: Server) =>
  new Promise<string>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', servername: 'a.example', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.toString() ?? '');
      socket.end();
    });
    socket.on('error', reject);
  });

it('a renewed one is taken up without a restart, also through a link; one of no use is not', async () => {
  const [first, second, third] = [
    await testCertificate(['a.example']),
    await testCertificate(['a.example'], { toMs: Date.now() + 5 * DAY_MS }),
    await testCertificate(['a.example']),
  ];
  put(first);
  const used = readCertificate(files);
  const warned: string[] = [];
  const server = createServer({ cert: used.cert, key: used.key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const log = { info: () => {}, warn: (_fields: object, text: string) => void warned.push(text) };
  const end = followCertificate({ files, server, used, log, settledMs: 50 });
  try {
    expect(await shownBy(server)).toBe(first.cert);
    writeFileSync(files.cert, second.cert);
    await vi.waitFor(() => expect(warned.join()).toContain('the one of before is in use'), { timeout: 20_000 });
    expect(await shownBy(server)).toBe(first.cert);
    writeFileSync(files.key, second.key);
    await vi.waitFor(async () => expect(await shownBy(server)).toBe(second.cert), { timeout: 20_000 });
    await vi.waitFor(() => expect(warned.join()).toContain('expires soon'), { timeout: 20_000 });
    writeFileSync(join(dir, 'renewed.pem'), third.cert);
    writeFileSync(join(dir, 'renewed.key'), third.key);
    for (const [file, target] of [
      [files.cert, 'renewed.pem'],
      [files.key, 'renewed.key'],
    ] as const) {
      unlinkSync(file);
      symlinkSync(target, file);
    }
    await vi.waitFor(async () => expect(await shownBy(server)).toBe(third.cert), { timeout: 20_000 });
  } finally {
    end();
    await new Promise((resolve) => server.close(resolve));
  }
});
