// A real HTTP server (or less) on a Unix socket in the place of a sandbox's engine, as a learner may put it there.

import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketDial } from '../dial.ts';
import { SandboxEngine } from './sandbox-engine.ts';

export class TestEngine {
  /** Connections so far. */
  connections = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'slipway-engine-'));
  readonly #sockets = new Set<net.Socket>();
  #server: net.Server | null = null;

  readonly dial = socketDial(join(this.#folder, 'engine.sock'));
  readonly engine = new SandboxEngine(this.dial);

  static async answering(answer: http.RequestListener): Promise<TestEngine> {
    const test = new TestEngine();
    await test.listen(http.createServer(answer));
    return test;
  }

  async listen(server: net.Server): Promise<void> {
    this.#server = server;
    server.on('connection', (socket: net.Socket) => {
      this.connections += 1;
      this.#sockets.add(socket.on('error', () => {}));
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(join(this.#folder, 'engine.sock'), resolve));
  }

  /** Nothing listens any more. */
  async end(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true });
  }
}

export function json(response: http.ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Writes for as long as somebody reads; `count` is told how many bytes. */
export function endless(response: http.ServerResponse, text: string, count = (_: number) => {}): void {
  const more = () => {
    do count(text.length);
    while (!response.destroyed && response.write(text));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}
