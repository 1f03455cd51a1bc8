// How `npm run status` asks a running server: a Unix socket in a folder of the data folder that only the server's user can enter.

import { mkdir, rm } from 'node:fs/promises';
import { createServer, get, type Server } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { type Live, liveSchema } from './live.ts';

const ANSWER_MS = 5_000;
const socketOf = (dataDir: string) => join(dataDir, 'status', 'status.sock');

/** Serves it until it is closed. */
export async function serveStatus(dataDir: string, live: () => Promise<Live>): Promise<Server> {
  await mkdir(join(dataDir, 'status'), { recursive: true, mode: 0o700 });
  await rm(socketOf(dataDir), { force: true });
  const server = createServer((_request, response) => {
    live().then(
      (status) => response.end(JSON.stringify(status)),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketOf(dataDir), resolve));
  return server;
}

/** How the server on that data folder stands; null where none answers within 5 s, or it is another version's. */
export async function askStatus(dataDir: string): Promise<Live | null> {
  try {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const options = { socketPath: socketOf(dataDir), path: '/', signal: AbortSignal.timeout(ANSWER_MS) };
    get(options, (answer) => void json(answer).then(resolve, reject)).on('error', reject);
    return liveSchema.safeParse(await promise).data ?? null;
  } catch {
    return null;
  }
}
