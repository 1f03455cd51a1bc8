// A network between page and server that a test can cut at a byte, or make dead without a word.

import { connect, createServer, type Server, type Socket } from 'node:net';
import type { TestServer } from './server.ts';

export class Line implements AsyncDisposable {
  /** Connections that were cut so far. */
  cuts = 0;
  /** How many bytes of a new connection reach the page before it is cut; asked for each. */
  cutAfter: () => number = () => Number.POSITIVE_INFINITY;
  readonly #server: Server;
  readonly #ends = new Set<Socket>();
  /** With how often the line had died before. */
  readonly #ofServer = new Map<Socket, number>();
  #dead = false;
  #generation = 0;

  private constructor(port: number) {
    this.#server = createServer((page) => this.#carry(page, connect(port, 'localhost')));
  }

  static async to({ port }: TestServer): Promise<Line> {
    const line = new Line(port);
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as { port: number }).port}`;
  }
  /** Dead connections that the server has not ended. */
  get heldByServer(): number {
    return [...this.#ofServer.values()].filter((generation) => generation < this.#generation).length;
  }

  /** From now on nothing gets through, and neither side learns of it. */
  die(): void {
    this.#dead = true;
    this.#generation += 1;
  }
  /** New connections get through; the dead ones stay dead. */
  heal(): void {
    this.#dead = false;
  }

  cut(): void {
    for (const end of this.#ends) end.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(page: Socket, server: Socket): void {
    const generation = this.#generation;
    const isDead = () => this.#dead || generation !== this.#generation;
    let left = this.cutAfter();
    this.#ofServer.set(server, generation);
    for (const [from, to] of [
      [page, server],
      [server, page],
    ] as const) {
      this.#ends.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        this.#ends.delete(from);
        this.#ofServer.delete(from);
        if (!isDead()) to.destroy();
      });
      from.on('data', (bytes: Buffer) => {
        if (isDead()) return;
        const part = from === server ? bytes.subarray(0, left) : bytes;
        if (from === server) left -= part.length;
        const written = to.write(part);
        if (left <= 0) {
          this.cuts += 1;
          page.end();
          return server.destroy();
        }
        if (written) return;
        from.pause();
        to.once('drain', () => from.resume());
      });
    }
  }
}
