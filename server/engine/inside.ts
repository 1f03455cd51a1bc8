// A command inside a learner's world, started by the host engine: the world is the learner's, so what comes back is bounded and only data.

import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { nameOf } from './sandbox-container.ts';

/** Where a sandbox is on the host. */
export interface Placed {
  slot: number;
  /** Host user and group id of the learner's root. */
  owner: number;
}

const WITHIN_S = 6;
const MAX_BYTES = 16 * 1024;

/** What a shell line prints, run by the learner's root at low priority. Throws after 6 s and beyond 16 KiB. */
export async function outputInside(docker: Docker, { slot, owner }: Placed, line: string): Promise<string> {
  const exec = await docker.getContainer(nameOf(slot)).exec({
    Cmd: [
      'box',
      'timeout',
      '-s',
      'KILL',
      String(WITHIN_S - 1),
      'nice',
      '-n',
      '19',
      'sh',
      '-c',
      `exec 2>/dev/null; ${line}`,
    ],
    // Never as the container's root, which is the host's.
    User: `${owner}:${owner}`,
    // A terminal's output is plain: without one, headers stand between its parts.
    Tty: true,
    AttachStdout: true,
  });
  const output = (await exec.start({ Tty: true })) as Duplex;
  const late = setTimeout(() => output.destroy(new Error(`no answer in ${WITHIN_S} s`)), WITHIN_S * 1000);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
    }
  } finally {
    clearTimeout(late);
    output.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}
