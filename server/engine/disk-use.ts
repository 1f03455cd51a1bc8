// How much of its disk a sandbox uses, and which files are the largest: the file system's own numbers where it has one, else what its files add up to.

import { statfs } from 'node:fs/promises';
import type Docker from 'dockerode';
import { outputInside, type Placed } from './inside.ts';
import { volumeOf } from './sandbox-container.ts';

export interface DiskUse {
  usedBytes: number;
  limitBytes: number;
  /** Null where files are not counted. */
  files: { used: number; limit: number } | null;
}

export interface LargeFile {
  kind: 'file' | 'folder';
  /** As the learner names it. */
  path: string;
  /** Bytes of a file, entries of a folder. */
  size: number;
}

/** What a file system of that size has at least: the rest is its own tables. */
const LEAST_SHARE = 0.8;
// The engine's own part is told by the engine.
const OUTSIDE_ENGINE = 'find /data -xdev -path /data/docker -prune -o';
const SUM = 'du -skx /data';
const LARGEST = `${OUTSIDE_ENGINE} -type f -size +1024k -printf 'f %k %p\\0' | sort -zrnk2 | head -zn 3`;
const FULLEST = `${OUTSIDE_ENGINE} -printf '%h\\0' | sort -z | uniq -zc | sort -zrn | head -zn 2 | sed -z 's/^ */d /'`;

/** Of a disk that the kernel holds; null where this server does not see it mounted. */
export async function heldUse(docker: Docker, id: string, diskBytes: number): Promise<DiskUse | null> {
  const { Mountpoint } = await docker.getVolume(volumeOf(id)).inspect();
  const found = await statfs(Mountpoint).catch(() => null);
  if (!found) return null;
  const whole = found.blocks * found.bsize;
  if (whole > diskBytes || whole < LEAST_SHARE * diskBytes) return null;
  const usedBytes = (found.blocks - found.bfree) * found.bsize;
  return {
    usedBytes,
    // As df counts: what is kept for the engine is not the learner's to use.
    limitBytes: usedBytes + found.bavail * found.bsize,
    files: { used: found.files - found.ffree, limit: found.files },
  };
}

/** Adds up the files, at low priority and within seconds. Throws where the learner's world does not answer. */
export async function measuredUse(docker: Docker, sandbox: Placed, sizeMb: number): Promise<DiskUse> {
  const kib = /^(\d{1,12})\s/.exec(await outputInside(docker, sandbox, SUM))?.[1];
  if (kib === undefined) throw new Error('du gave no number');
  return { usedBytes: Number(kib) * 1024, limitBytes: sizeMb * 2 ** 20, files: null };
}

/** The largest files outside of the engine, or the folders with the most entries. */
export async function largestFiles(docker: Docker, sandbox: Placed, what: 'bytes' | 'files'): Promise<LargeFile[]> {
  const said = await outputInside(docker, sandbox, what === 'bytes' ? LARGEST : FULLEST);
  return said.split('\0').flatMap((line): LargeFile[] => {
    const [, kind, size, path] = /^([fd]) (\d{1,12}) (\/[^]{1,300})$/.exec(line) ?? [];
    if (!kind || !path) return [];
    const named = familiar(path);
    return [
      kind === 'f'
        ? { kind: 'file', path: named, size: Number(size) * 1024 }
        : { kind: 'folder', path: named, size: Number(size) },
    ];
  });
}

function familiar(path: string): string {
  const plain = path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  if (plain === '/data/home') return '~';
  return plain.replace(/^\/data\/home\//, '~/').replace(/^\/data\/etc-docker\b/, '/etc/docker');
}
