// Counts what the server asks a sandbox's engine, from outside: stands between both on the relayed socket.

import { renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';

const REQUEST = /(?:^|\r\n\r\n|\n)(?:GET|HEAD|POST|PUT|DELETE) \S+ HTTP\/1\.1\r\n/g;

export class EngineTap {
  /** Requests so far. */
  calls = 0;
  readonly #path: string;
  readonly #server: Server;

  private constructor(path: string) {
    this.#path = path;
    const real = `${path}.real`;
    renameSync(path, real);
    this.#server = createServer((client) => {
      const engine = connect(real);
      client.on('data', (bytes: Buffer) => {
        this.calls += bytes.toString('latin1').match(REQUEST)?.length ?? 0;
      });
      client.pipe(engine).pipe(client);
      for (const socket of [client, engine]) socket.on('error', () => (client.destroy(), engine.destroy()));
    });
  }

  static async at(path: string): Promise<EngineTap> {
    const tap = new EngineTap(path);
    await new Promise<void>((resolve) => tap.#server.listen(path, resolve));
    return tap;
  }

  [Symbol.dispose](): void {
    this.#server.close();
    rmSync(this.#path, { force: true });
    renameSync(`${this.#path}.real`, this.#path);
  }
}
