// What is killed during a soak, without a word: the server, a sandbox, or a part of one.

import { spawnSync } from 'node:child_process';
import type { TestServer } from '../support/server.ts';
import type { Random } from './random.ts';

/** How a part's command begins, as the host sees it. */
const PARTS = {
  'the engine of a sandbox': 'dockerd --rootless',
  'the containerd of a sandbox': 'containerd --config /usr/local/lib/slipway',
  'a relay of a sandbox': '/usr/local/lib/slipway/relay',
} as const;

export const KILLS = ['the server', 'a sandbox', ...(Object.keys(PARTS) as (keyof typeof PARTS)[])] as const;
export type Kill = (typeof KILLS)[number];

/** False where there was nothing of that kind to kill. The server is started again. */
export async function kill(what: Kill, server: TestServer, random: Random): Promise<boolean> {
  if (what === 'the server') {
    await server.end('SIGKILL');
    await server.start();
    return true;
  }
  const sandbox = random.oneOf(server.containers());
  if (sandbox === undefined) return false;
  if (what === 'a sandbox') return spawnSync('docker', ['kill', sandbox], { stdio: 'ignore' }).status === 0;
  const { stdout } = spawnSync('docker', ['top', sandbox, '-eo', 'pid,args'], { encoding: 'utf8' });
  const pids = stdout.split('\n').flatMap((line) => {
    const [, pid, args = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid && args.startsWith(PARTS[what]) ? [Number(pid)] : [];
  });
  const pid = random.oneOf(pids);
  if (pid === undefined) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
