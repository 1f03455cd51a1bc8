// Who reads all that a terminal prints, over a line that is never cut: what a page that was away has to show in the end.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { socketDial } from '../../server/dial.ts';
import { HolderClient } from '../../server/terminal/holder-client.ts';
import { ScreenState } from '../../server/terminal/screen-state.ts';
import { Learner, until } from './learner.ts';
import type { TestServer } from './server.ts';

export const OTHER_SCREEN = '\x1b[?1049h';
/** Of a picture what is shown: what is below another screen has been wrapped anew where the size changed. */
export const onTop = (picture: string) => picture.slice(Math.max(0, picture.lastIndexOf(OTHER_SCREEN)));

const SIZE = { cols: 100, rows: 30 };
const shellOf = (dir: string) => socketDial(join(dir, 'relay', 'shell.sock'));

/** A learner at the prompt, and the folder of their sandbox. */
export async function begin(server: TestServer, lesson: string): Promise<{ learner: Learner; dir: string }> {
  const sandboxes = join(server.dataDir, 's');
  const learner = new Learner(server);
  await learner.open(lesson);
  const terminal = await learner.terminal();
  await terminal.shows('#');
  // The shell knows its sandbox by no name that the server has: what it prints leads to it.
  const id = terminal.id;
  terminal.socket.terminate();
  for (const name of readdirSync(sandboxes)) {
    const dir = join(sandboxes, name);
    const client = await HolderClient.connect(shellOf(dir), { role: 'watcher', from: 'live' }).catch(() => null);
    client?.close();
    if (client?.welcome.id === id) return { learner, dir };
  }
  throw new Error(`no sandbox has terminal ${id}`);
}

export class Uncut implements Disposable {
  readonly screen = new ScreenState(SIZE, '');
  /** From the first byte on. */
  readonly #parts: Buffer[] = [];
  readonly #client: HolderClient;
  /** Bytes so far. */
  length = 0;
  #missed = 0;
  /** In the order in which they came. */
  #done = Promise.resolve();

  private constructor(client: HolderClient) {
    this.#client = client;
    client.onOutput = (bytes) => {
      const copy = Buffer.from(bytes);
      this.#parts.push(copy);
      this.length += copy.length;
      this.#do(() => this.screen.write(copy));
    };
    client.onResized = ({ cols, rows }) => this.#do(async () => this.screen.resize(cols, rows));
    client.onGap = (bytes) => (this.#missed += bytes);
    client.resume();
  }

  static async of(dir: string): Promise<Uncut> {
    return new Uncut(await HolderClient.connect(shellOf(dir), { role: 'watcher', from: 0 }));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** Whether this was printed after so many bytes, the last of them not long ago. */
  has(text: string, from = 0): boolean {
    const newest = Buffer.concat(this.#parts.slice(-50));
    return newest.includes(text, Math.max(0, newest.length - (this.length - from)));
  }

  reads(text: string, ms?: number): Promise<void> {
    return until(() => this.has(text), `the reader to see ${text}`, ms);
  }

  #do(next: () => Promise<void>): void {
    this.#done = this.#done.then(next);
  }

  /** Resolves when all that came is on the screen. */
  drawn(): Promise<void> {
    return this.#done;
  }

  /** What is shown once this was printed. */
  async picture(last: string): Promise<string> {
    await this.reads(last);
    if (this.#missed > 0) throw new Error(`the reader missed ${this.#missed} bytes`);
    await this.drawn();
    return this.screen.picture(0);
  }

  [Symbol.dispose](): void {
    this.#client.close();
    this.screen.dispose();
  }
}
