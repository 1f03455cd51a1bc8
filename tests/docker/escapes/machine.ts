// What this machine is, where a try depends on it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const CGROUP_V1 = existsSync('/sys/fs/cgroup/memory');

/** The disk that / is on; null where it is none of its own, as in a container. */
export const ROOT_DISK = rootDisk();

function rootDisk(): { numbers: string; kind: string } | null {
  const line = readFileSync('/proc/self/mountinfo', 'utf8').match(/^\d+ \d+ (\d+):(\d+) \/ \/ .* - (\S+) /m);
  const [, major = '0', minor = '', kind = ''] = line ?? [];
  return major === '0' ? null : { numbers: `${major} ${minor}`, kind };
}

/** A 32-bit program that ends with 0, in base64. */
export const ELF32 = Buffer.from(
  [
    '7f454c46010101000000000000000000',
    '0200030001000000548004083400000000000000000000003400200001000000',
    '00000000',
    '010000000000000000800408008004085d0000005d0000000500000000100000',
    'b80100000031dbcd80',
  ].join(''),
  'hex',
).toString('base64');
/** A kernel may be built without, or its hypervisor may not have them. */
export const RUNS_32_BIT = process.arch === 'x64' && runs(Buffer.from(ELF32, 'base64'));

function runs(program: Buffer): boolean {
  const dir = mkdtempSync('/tmp/slw-');
  const file = join(dir, 'program');
  try {
    writeFileSync(file, program, { mode: 0o700 });
    return spawnSync(file).status === 0;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
