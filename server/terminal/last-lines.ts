// The last lines of a terminal as text, for whoever has many of them before their eyes: read as a watcher who slows nobody, with a
// screen that draws nothing, because most of what docker prints is drawn over.

import headless from '@xterm/headless';
import { HolderClient } from './holder-client.ts';
import type { Shell } from './screen-reading.ts';

/** So many lines, of so many characters. */
const LINES = 4;
const COLUMNS = 100;
const EVERY_MS = 500;
/** Where it begins: what a terminal printed before that is no longer among its last lines. */
const BACK_BYTES = 16 * 1024;
const RETRY_MS = 2_000;

export class LastLines {
  readonly #shell: Shell;
  readonly #onLines: (lines: string[]) => void;
  readonly #end = new AbortController();
  #terminal: InstanceType<typeof headless.Terminal> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #told = '';

  /** `fromByte`: the terminal has printed at least so much. Tells them as soon as they are known, and when they are others. */
  constructor(shell: Shell, fromByte: number, onLines: (lines: string[]) => void) {
    this.#shell = shell;
    this.#onLines = onLines;
    void this.#follow(Math.max(0, fromByte - BACK_BYTES));
  }

  close(): void {
    this.#end.abort();
    clearTimeout(this.#timer);
    this.#terminal?.dispose();
    this.#terminal = null;
  }

  async #follow(from: number): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await this.#read(from).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
  }

  /** Resolves when the connection has ended. */
  async #read(from: number): Promise<void> {
    const { signal } = this.#end;
    const { shell, terminal } = this.#shell;
    const client = await HolderClient.connect(shell, { role: 'watcher', terminal, from, signal });
    const { cols, rows } = client.welcome;
    const screen = new headless.Terminal({ cols, rows, scrollback: 0, allowProposedApi: true });
    this.#terminal = screen;
    await new Promise<void>((resolve) => {
      client.onOutput = (bytes) => {
        // What floods is read in pieces: the rest is a gap.
        client.pause();
        screen.write(Buffer.from(bytes), () => client.resume());
        this.#later();
      };
      client.onGap = () => screen.write('\x18\x1b[0m');
      client.onResized = (size) => screen.resize(size.cols, size.rows);
      client.onClose = () => resolve();
      signal.addEventListener('abort', () => (client.close(), resolve()), { once: true });
      client.resume();
    });
    if (this.#terminal === screen) this.#terminal = null;
    screen.dispose();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, EVERY_MS).unref();
  }

  #tell(): void {
    if (!this.#terminal) return;
    const lines = lastLines(this.#terminal);
    const text = lines.join('\n');
    if (text === this.#told) return;
    this.#told = text;
    this.#onLines(lines);
  }
}

/** Those above the empty rest of the screen. */
function lastLines({ buffer: { active }, rows }: InstanceType<typeof headless.Terminal>): string[] {
  const lines: string[] = [];
  for (let row = rows - 1; row >= 0 && lines.length < LINES; row--) {
    const line = active.getLine(active.baseY + row)?.translateToString(true) ?? '';
    if (lines.length > 0 || line.trim() !== '') lines.unshift(line.slice(0, COLUMNS));
  }
  return lines;
}
