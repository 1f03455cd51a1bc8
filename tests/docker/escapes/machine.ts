// What this machine is, where a try depends on it.

import { existsSync, readFileSync } from 'node:fs';

export const CGROUP_V1 = existsSync('/sys/fs/cgroup/memory');

/** The disk that / is on; null where it is none of its own, as in a container. */
export const ROOT_DISK = rootDisk();

function rootDisk(): { numbers: string; kind: string } | null {
  const line = readFileSync('/proc/self/mountinfo', 'utf8').match(/^\d+ \d+ (\d+):(\d+) \/ \/ .* - (\S+) /m);
  const [, major = '0', minor = '', kind = ''] = line ?? [];
  return major === '0' ? null : { numbers: `${major} ${minor}`, kind };
}
