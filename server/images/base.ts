// The base image: Debian's, from Docker Hub where that is reachable, otherwise made from Debian's packages.

import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostImages } from '../engine/host-images.ts';
import { messageOf, SlipwayError } from '../errors.ts';

const run = promisify(execFile);
const SUITE = 'trixie';

/** Part of the base's content hash. */
export const MMDEBSTRAP_OPTIONS = [
  '--variant=minbase',
  '--include=ca-certificates',
  '--aptopt=Acquire::Languages "none"',
];

/** Builds the base from Docker Hub's Debian image. Throws the build's error. */
export async function buildBase(
  images: HostImages,
  contextDir: string,
  tag: string,
  signal?: AbortSignal,
): Promise<void> {
  await images.buildImage(contextDir, { tag, kind: 'base', signal });
}

/** Makes the base without Docker Hub. Throws when mmdebstrap is missing and cannot be installed, or when it fails. */
export async function bootstrapBase(
  images: HostImages,
  contextDir: string,
  tag: string,
  signal?: AbortSignal,
): Promise<void> {
  if (!(await hasMmdebstrap())) await installMmdebstrap(signal);
  const scratch = await mkdtemp(join(tmpdir(), 'slipway-base-'));
  try {
    const tar = join(scratch, 'base.tar');
    const slim = `--dpkgopt=${join(contextDir, 'dpkg-slim.cfg')}`;
    await run('mmdebstrap', ['--quiet', ...MMDEBSTRAP_OPTIONS, slim, SUITE, tar], { signal, maxBuffer: 16 << 20 });
    await images.importImage(createReadStream(tar), tag, { kind: 'base', signal });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof SlipwayError) throw cause;
    const said = lastLines((cause as { stderr?: string }).stderr ?? messageOf(cause));
    throw new SlipwayError('base-image-failed', `mmdebstrap could not make the base image:\n${said}`, {
      next:
        process.getuid?.() === 0
          ? 'Check that this computer reaches Debian’s mirror, then start again.'
          : 'Run `npm run images` once as root, or install the package uidmap so that mmdebstrap works without root.',
      cause,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function hasMmdebstrap(): Promise<boolean> {
  const found = ['/usr/bin/mmdebstrap', '/usr/local/bin/mmdebstrap'].map((path) => access(path));
  return Promise.any(found).then(
    () => true,
    () => false,
  );
}

async function installMmdebstrap(signal?: AbortSignal): Promise<void> {
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const debian = /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(system);
  if (!debian || process.getuid?.() !== 0) {
    throw new SlipwayError(
      'mmdebstrap-missing',
      'Docker Hub cannot be reached, and mmdebstrap, which makes a base image without it, is not installed.',
      {
        next: debian
          ? 'Run `sudo apt-get install mmdebstrap`, then start again.'
          : 'Let this computer reach Docker Hub (registry-1.docker.io), or install mmdebstrap, then start again.',
      },
    );
  }
  try {
    const options = { signal, maxBuffer: 16 << 20 };
    await run('apt-get', ['update', '-q'], options);
    const packages = ['mmdebstrap', 'debian-archive-keyring'];
    const install = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '-q', '--no-install-recommends'];
    await run('env', [...install, ...packages], options);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw new SlipwayError(
      'mmdebstrap-missing',
      `mmdebstrap could not be installed:\n${lastLines((cause as { stderr?: string }).stderr ?? '')}`,
      {
        next: 'Run `apt-get install mmdebstrap` and read what it says, then start again.',
        cause,
      },
    );
  }
}

const lastLines = (text: string) => text.trim().split('\n').slice(-10).join('\n');
