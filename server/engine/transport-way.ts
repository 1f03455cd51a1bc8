// Whether sandboxes can be reached by sockets in folders of this host, or by programs that the engine starts. Found out by trying.

import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { messageOf } from '../errors.ts';
import { type HostEngine, statusOf } from './host-images.ts';
import { labels, type Owner } from './labels.ts';
import type { Transport } from './sandbox-link.ts';

export type TransportWay = { transport: 'sockets' } | { transport: 'exec'; because: string };

export interface TransportOptions {
  engine: HostEngine;
  owner: Owner;
  /** The learner's: it has socat. */
  image: string;
  /** Where sandboxes' folders would be. */
  dataDir: string;
  /** What was asked for. */
  wanted: 'auto' | Transport;
}

const WITHIN_MS = 8_000;
const LOOK_MS = 10;
const WORD = 'there and back\n';

/** Sends a word through two sockets in a shared folder, one made on either side; nothing of it is left. Never throws. */
export async function findTransport(options: TransportOptions): Promise<TransportWay> {
  if (options.wanted === 'sockets') return { transport: 'sockets' };
  if (options.wanted === 'exec') return { transport: 'exec', because: '--transport says so' };
  try {
    await probe(options);
    return { transport: 'sockets' };
  } catch (error) {
    return { transport: 'exec', because: messageOf(error) };
  }
}

/** One line for whoever runs the server. */
export function describeTransport(way: TransportWay): string {
  if (way.transport === 'sockets') return 'Practice computers are reached by sockets in shared folders';
  return `Practice computers are reached through the engine, because ${way.because}`;
}

async function probe({ engine, owner, image, dataDir }: TransportOptions): Promise<void> {
  const name = `slipway-way-${owner.instance}`;
  const dir = join(dataDir, 'way');
  const gid = process.getgid?.() ?? 0;
  const sweep = async () => {
    await engine
      .getContainer(name)
      .remove({ force: true, v: true })
      .catch(() => {});
    await rm(dir, { recursive: true, force: true });
  };
  await sweep();
  await mkdir(dir);
  await chown(dir, -1, gid);
  await chmod(dir, 0o770);
  // On the connection that the container makes; then it listens, and passes on what comes.
  const server = createServer();
  const back = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const over = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(join(dir, 'back.sock'), resolve));
    await chmod(join(dir, 'back.sock'), 0o666);
    const made = engine.createContainer({
      name,
      Image: image,
      Labels: labels('probe', owner),
      Entrypoint: ['socat'],
      Cmd: ['UNIX-CONNECT:/way/back.sock', 'UNIX-LISTEN:/way/there.sock,mode=660'],
      // As a sandbox's first program.
      User: `0:${gid}`,
      // As a sandbox has none.
      NetworkDisabled: true,
      HostConfig: {
        NetworkMode: 'none',
        CapDrop: ['ALL'],
        ReadonlyRootfs: true,
        // A bind would make the folder where it is missing.
        Mounts: [{ Type: 'bind', Source: dir, Target: '/way' }],
      },
    });
    const container = await made.catch(notSeen);
    await container.start().catch(notSeen);
    await within(sendAndHear(join(dir, 'there.sock'), back, over.signal), container, over.signal);
  } finally {
    over.abort();
    server.close();
    await sweep();
  }
}

function notSeen(error: unknown): never {
  if (statusOf(error) !== 400) throw error;
  throw new Error('the engine does not see the folders of this computer', { cause: error });
}

/** Also where the container ends before, as it does without a connection back. */
async function within(heard: Promise<void>, container: Docker.Container, signal: AbortSignal): Promise<void> {
  heard.catch(() => {});
  const ended = container.wait({ abortSignal: signal }).then(() => {
    throw new Error('sockets in folders of this computer do not reach into containers');
  });
  ended.catch(() => {});
  const late = delay(WITHIN_MS, null, { signal }).then(() => {
    throw new Error(`no word came through a shared folder in ${WITHIN_MS / 1000} s`);
  });
  late.catch(() => {});
  await Promise.race([heard, ended, late]);
}

async function sendAndHear(there: string, back: Promise<Socket>, signal: AbortSignal): Promise<void> {
  const hearing = await back;
  const heard = new Promise<void>((resolve, reject) => {
    let said = '';
    hearing.on('error', reject).on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said === WORD) resolve();
    });
  });
  try {
    while (!signal.aborted && !(await sent(there))) await delay(LOOK_MS);
    await heard;
  } finally {
    hearing.destroy();
  }
}

/** False where nobody listens yet. */
function sent(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.write(WORD);
      resolve(true);
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}
