// For tests: the practice Docker Hub's front with one door, before a store and an own registry that plain HTTP servers play.

import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { socketDial } from '../dial.ts';
import { SocketLink } from '../engine/sandbox-link.ts';
import { type HubDoor, PracticeHub } from './practice-hub.ts';
import type { StoreOptions } from './store-proxy.ts';

export const MAX_UPLOAD_BYTES = 8 * 2 ** 20;

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface AskOptions {
  body?: string | Readable;
  headers?: Record<string, string>;
  token?: string;
  door?: string;
}

export interface TestFront extends AsyncDisposable {
  dir: string;
  hub: PracticeHub;
  door: HubDoor;
  /** Another one, to the same registries. */
  openDoor(name: string): Promise<HubDoor>;
  /** `METHOD path` of each request that reached the store or the own registry. */
  asked: string[];
  store: Server;
  ask(method: string, path: string, options?: AskOptions): Promise<Reply>;
  /** A token for that scope, of the practice account where `login` is its `user:password`. */
  token(scope: string, login?: string): Promise<string>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function openTestFront(
  storeAnswer: Answer,
  ownAnswer: Answer,
  cache?: StoreOptions['cache'],
  more: (dir: string) => Partial<StoreOptions> = () => ({}),
): Promise<TestFront> {
  const dir = await mkdtemp(join(tmpdir(), 'slipway-front-'));
  await chmod(dir, 0o755);
  const asked: string[] = [];
  const play = async (socket: string, answer: Answer) => {
    const server = createServer((incoming, response) => {
      asked.push(`${incoming.method} ${incoming.url}`);
      answer(incoming, response);
    });
    await new Promise<void>((resolve) => server.listen(join(dir, socket), resolve));
    return server;
  };
  const store = await play('store.sock', storeAnswer);
  const own = await play('own.sock', ownAnswer);
  const hub = await PracticeHub.open({
    dataDir: dir,
    store: { dial: socketDial(join(dir, 'store.sock')), ...(cache && { cache }), ...more(dir) },
    maxUploadBytes: MAX_UPLOAD_BYTES,
  });
  const openDoor = async (name: string) => {
    const link = new SocketLink(join(dir, name));
    await link.prepare(hub.ca);
    const ownRegistry = socketDial(join(dir, 'own.sock'));
    return hub.listen({ name, openDoor: (server) => link.openDoor(server), ownRegistry });
  };
  const door = await openDoor('door');
  const ask: TestFront['ask'] = (method, path, options = {}) =>
    askDoor(join(dir, options.door ?? 'door', 'hub'), method, path, options);
  return {
    dir,
    hub,
    door,
    openDoor,
    asked,
    store,
    ask,
    async token(scope, login) {
      const headers: Record<string, string> = login ? { authorization: `Basic ${btoa(login)}` } : {};
      const reply = await ask('GET', `/token?service=registry.docker.io&scope=${encodeURIComponent(scope)}`, {
        headers,
      });
      return JSON.parse(reply.body).token;
    },
    async [Symbol.asyncDispose]() {
      await hub.close();
      for (const server of [store, own]) {
        server.closeAllConnections();
        server.close();
      }
      await rm(dir, { recursive: true });
    },
  };
}

export const codeOf = ({ body }: Reply): string => JSON.parse(body).errors[0].code;

async function askDoor(doorDir: string, method: string, path: string, options: AskOptions): Promise<Reply> {
  const ca = await readFile(join(doorDir, 'ca', 'slipway.crt'));
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const authorization: Record<string, string> = options.token ? { authorization: `Bearer ${options.token}` } : {};
  const sent = request(
    {
      socketPath: join(doorDir, 'tls.sock'),
      servername: 'registry-1.docker.io',
      ca,
      method,
      path,
      headers: { host: 'registry-1.docker.io', ...authorization, ...options.headers },
      agent: false,
    },
    async (answer) => {
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer).catch(() => '') });
    },
  ).on('error', reject);
  if (options.body instanceof Readable) options.body.pipe(sent);
  else sent.end(options.body);
  return promise;
}
