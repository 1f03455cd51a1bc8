// The certificates of the practice Docker Hub: an authority of this server's own, and a certificate for Docker Hub's names.

import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { messageOf, SlipwayError } from '../errors.ts';

export const DOCKER_HUB_NAMES = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'auth.docker.io'];
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
const RENEW_MS = 30 * DAY_MS;
const AUTHORITY = 'CN=Slipway practice Docker Hub';

/** PEM texts: the authority that a sandbox trusts, and the server's own pair. */
export interface Certificates {
  ca: string;
  cert: string;
  key: string;
}

interface Pair {
  cert: string;
  key: string;
}

/** Loads the certificates in `dir` and makes what is missing, broken or valid for less than 30 days. Throws SlipwayError when it cannot write there. */
export async function ensureCertificates(dir: string, nowMs = Date.now()): Promise<Certificates> {
  try {
    await mkdir(dir, { recursive: true });
    await chmod(dir, 0o700);
    const ca = (await load(dir, 'ca', null, nowMs)) ?? (await save(dir, 'ca', await makeAuthority(nowMs)));
    const own = (await load(dir, 'hub', ca, nowMs)) ?? (await save(dir, 'hub', await makeServerPair(ca, nowMs)));
    return { ca: ca.cert, ...own };
  } catch (cause) {
    throw new SlipwayError(
      'certificates-failed',
      `The practice Docker Hub's certificates in ${dir} failed: ${messageOf(cause)}`,
      {
        next: 'Make the data folder writable for the server; certificates in it can be deleted, they are made again.',
        cause,
      },
    );
  }
}

async function load(dir: string, name: string, issuer: Pair | null, nowMs: number): Promise<Pair | null> {
  try {
    const cert = await readFile(join(dir, `${name}.crt`), 'utf8');
    const key = await readFile(join(dir, `${name}.key`), 'utf8');
    const parsed = new X509Certificate(cert);
    const names = issuer === null || DOCKER_HUB_NAMES.every((host) => parsed.checkHost(host) !== undefined);
    const signed = parsed.verify(new X509Certificate(issuer?.cert ?? cert).publicKey);
    const matches = parsed.checkPrivateKey(createPrivateKey(key));
    return names && signed && matches && Date.parse(parsed.validTo) - nowMs > RENEW_MS ? { cert, key } : null;
  } catch {
    return null;
  }
}

/** Each file appears whole, and a pair that is half replaced does not match, so `load` refuses it. */
async function save(dir: string, name: string, pair: Pair): Promise<Pair> {
  for (const [suffix, text, mode] of [
    ['key', pair.key, 0o600],
    ['crt', pair.cert, 0o644],
  ] as const) {
    const path = join(dir, `${name}.${suffix}`);
    await writeFile(`${path}.new`, text, { mode });
    await chmod(`${path}.new`, mode);
    await rename(`${path}.new`, path);
  }
  return pair;
}

async function makeAuthority(nowMs: number): Promise<Pair> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: AUTHORITY,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + 3650 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

async function makeServerPair(ca: Pair, nowMs: number): Promise<Pair> {
  const issuer = new x509.X509Certificate(ca.cert);
  const der = x509.PemConverter.decode(ca.key)[0] as ArrayBuffer;
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: 'CN=registry-1.docker.io',
    issuer: issuer.subject,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + 365 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(DOCKER_HUB_NAMES.map((value) => ({ type: 'dns' as const, value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`;
}

/** Positive: the first bit is 0. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('hex');
}
