// When the stock of a server is complete, so that what is measured next meets a computer that waits ready, and nothing else at work.

import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { until } from '../support/learner.ts';
import type { TestServer } from '../support/server.ts';
import { pause } from './figures.ts';

/** Sized as at anybody's. */
export const BY_DEMAND: readonly string[] = ['--warm-sandboxes', '1', '--max-warm-sandboxes', '10'];

const WITHIN_MS = 90_000;
/** After it is there: its last processes have started, too. */
export const QUIET_MS = 700;

export class Stock {
  readonly #server: TestServer;
  readonly #answered = new Set<string>();

  constructor(server: TestServer) {
    this.#server = server;
  }

  /** Waits until so many sandboxes are there and their engines have answered, as after a while without arrivals. Each is asked until it does. */
  async complete(count: number): Promise<void> {
    const dir = join(this.#server.dataDir, 's');
    const ready = async () => {
      const ids = readdirSync(dir);
      const asked = ids.filter((id) => !this.#answered.has(id));
      await Promise.all(
        asked.map(async (id) => (await pings(join(dir, id, 'relay/engine.sock'))) && void this.#answered.add(id)),
      );
      return ids.length === count && ids.every((id) => this.#answered.has(id));
    };
    await until(ready, 'the stock', WITHIN_MS);
    await pause(QUIET_MS);
  }
}

function pings(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: 2_000, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
