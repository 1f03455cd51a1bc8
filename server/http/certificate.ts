// The server's own certificate, where one is given: read from files, looked at, and taken up anew when they change.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type FSWatcher, readFileSync, watch } from 'node:fs';
import type { Server } from 'node:https';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import { messageOf, SlipwayError } from '../errors.ts';

/** Whoever renews writes two files, one after the other. */
const SETTLED_MS = 500;
/** For a file whose folder tells of no change, as one that is mounted by itself; and for its end. */
const LOOK_AGAIN_MS = 3600_000;
const DAY_MS = 24 * 3600_000;
const SOON_DAYS = 14;

export interface CertificateFiles {
  cert: string;
  key: string;
}

export interface OwnCertificate {
  /** The texts of the files: the server's own certificate first, then those that lead to its authority. */
  cert: string;
  key: string;
  /** Host names and addresses that it is for, without those of many names (`*.`). */
  names: string[];
  validToMs: number;
}

/** Throws SlipwayError `tls`: unreadable, no certificate or key, not of each other, out of its time. */
export function readCertificate(
  { cert: certFile, key: keyFile }: CertificateFiles,
  nowMs = Date.now(),
): OwnCertificate {
  const [cert, key] = [textOf('--tls-cert', certFile), textOf('--tls-key', keyFile)];
  const parsed = tried(
    () => new X509Certificate(cert),
    `${certFile} holds no certificate in PEM`,
    'Give the whole chain, the own certificate first.',
  );
  const privateKey = tried(
    () => createPrivateKey(key),
    `${keyFile} holds no private key in PEM that can be read`,
    'Give the key without a passphrase, readable for the server only.',
  );
  if (!parsed.checkPrivateKey(privateKey))
    throw bad(
      `${keyFile} is not the key of ${certFile}`,
      'Give the two that were made together; the own certificate comes first in its file.',
    );
  const [fromMs, validToMs] = [Date.parse(parsed.validFrom), Date.parse(parsed.validTo)];
  if (validToMs <= nowMs) throw bad(`${certFile} has expired on ${dayOf(validToMs)}`, 'Have it renewed.');
  if (fromMs > nowMs) throw bad(`${certFile} is valid from ${dayOf(fromMs)} on only`, "Look at this computer's clock.");
  const names = [...(parsed.subjectAltName ?? '').matchAll(/(?:DNS|IP Address):([^\s,"*]+)/g)].flatMap(
    ([, name]) => name ?? [],
  );
  return { cert, key, names, validToMs };
}

/** How people find a server at these addresses: by one that the certificate is for, or else by its first name. */
export function nameFor({ names }: OwnCertificate, addresses: readonly string[]): string | null {
  const own = addresses.find((address) => names.includes(address));
  const name = own ?? names.find((one) => isIP(one) === 0) ?? names[0] ?? null;
  return name !== null && isIP(name) === 6 ? `[${name}]` : name;
}

export interface FollowParts {
  files: CertificateFiles;
  server: Pick<Server, 'setSecureContext'>;
  used: OwnCertificate;
  log: { warn(fields: object, text: string): void; info(fields: object, text: string): void };
  settledMs?: number;
}

/** New connections have the renewed one; where what came is of no use the one of before stays. Until the function that it returns is called. */
export function followCertificate({ files, server, used, log, settledMs = SETTLED_MS }: FollowParts): () => void {
  let now = used;
  let settling: NodeJS.Timeout | undefined;
  const look = () => {
    try {
      const read = readCertificate(files);
      if (read.cert !== now.cert || read.key !== now.key) {
        server.setSecureContext({ cert: read.cert, key: read.key });
        now = read;
        log.info({ until: dayOf(read.validToMs) }, 'the renewed certificate is in use');
      }
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'the certificate could not be taken up anew; the one of before is in use');
    }
    const left = now.validToMs - Date.now();
    if (left < SOON_DAYS * DAY_MS)
      log.warn(
        { until: dayOf(now.validToMs) },
        left < 0 ? 'the certificate has expired' : 'the certificate expires soon',
      );
  };
  const later = () => {
    clearTimeout(settling);
    settling = setTimeout(look, settledMs).unref();
  };
  const watchers = [...new Set([dirname(files.cert), dirname(files.key)])].map((dir): FSWatcher => {
    const watcher = watch(dir, { persistent: false }, later);
    return watcher.on('error', (error) => log.warn({ error: messageOf(error) }, `${dir} is not watched any more`));
  });
  const timer = setInterval(look, LOOK_AGAIN_MS).unref();
  look();
  return () => {
    clearTimeout(settling);
    clearInterval(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function textOf(flag: string, file: string): string {
  return tried(
    () => readFileSync(file, 'utf8'),
    `${flag} ${file} cannot be read`,
    'Give a file that this user may read.',
  );
}

function tried<T>(attempt: () => T, message: string, next: string): T {
  try {
    return attempt();
  } catch (cause) {
    throw bad(`${message} (${messageOf(cause)})`, next, cause);
  }
}

function bad(message: string, next: string, cause?: unknown): SlipwayError {
  return new SlipwayError('tls', `${message}.`, { next, cause });
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
