// One server a data folder: a second one on the same folder is told so.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../errors.ts';

/** Holds the folder until it is disposed of or the process is gone. Throws SlipwayError `data-dir-in-use`. */
export function holdDataDir(dataDir: string): Disposable {
  const file = join(dataDir, 'server.pid');
  const pid = runningServer(dataDir);
  if (pid !== null && pid !== process.pid) {
    throw new SlipwayError('data-dir-in-use', `Another Slipway (process ${pid}) uses ${dataDir}.`, {
      next: 'Stop it, or give this one a folder of its own with --data-dir.',
    });
  }
  writeFileSync(file, `${process.pid}\n`);
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** The process that holds the folder, or null. */
export function runningServer(dataDir: string): number | null {
  let pid: number;
  try {
    pid = Number(readFileSync(join(dataDir, 'server.pid'), 'utf8'));
    // A number may have been given to another program since: it is a server only if it was started as one.
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes('server/') ? pid : null;
  } catch {
    return null;
  }
}
