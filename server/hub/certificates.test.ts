import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DOCKER_HUB_NAMES, ensureCertificates } from './certificates.ts';

const DAY_MS = 86_400_000;
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'slipway-ca-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('the server’s certificate is for Docker Hub’s names and signed by the authority', async () => {
  const { ca, cert } = await ensureCertificates(dir);
  const [authority, own] = [new X509Certificate(ca), new X509Certificate(cert)];
  expect(own.verify(authority.publicKey)).toBe(true);
  expect(authority.ca).toBe(true);
  expect(own.ca).toBe(false);
  for (const name of DOCKER_HUB_NAMES) expect(own.checkHost(name)).toBe(name);
  expect(own.checkHost('example.org')).toBeUndefined();
});

test('keys are for their owner only', async () => {
  await ensureCertificates(dir);
  for (const name of ['ca.key', 'hub.key']) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
});

test('they are kept from start to start', async () => {
  const first = await ensureCertificates(dir);
  expect(await ensureCertificates(dir)).toEqual(first);
});

test('less than 30 days before its end the certificate is renewed, the authority stays', async () => {
  const first = await ensureCertificates(dir);
  expect(await ensureCertificates(dir, Date.now() + 330 * DAY_MS)).toEqual(first);
  const later = await ensureCertificates(dir, Date.now() + 336 * DAY_MS);
  expect(later.ca).toBe(first.ca);
  expect(later.cert).not.toBe(first.cert);
});

test('a broken or mixed-up pair is made again', async () => {
  const first = await ensureCertificates(dir);
  await writeFile(join(dir, 'hub.key'), 'not a key');
  const second = await ensureCertificates(dir);
  expect(second.key).not.toBe(first.key);
  await writeFile(join(dir, 'hub.key'), first.key);
  expect((await ensureCertificates(dir)).key).not.toBe(first.key);
});
