// The page's own way to the shell, the code that browsers run, before a terminal without a screen.

import { setMaxListeners } from 'node:events';
import { WebSocket } from 'ws';
import { routes } from '../../protocol/http.ts';
import { ScreenState } from '../../server/terminal/screen-state.ts';
import { until } from './learner.ts';

type LinkState = { state: string; typed?: string };
interface Link {
  readonly state: { readonly value: LinkState };
  readonly follows: { readonly value: boolean };
  attach(screen: object): void;
  connect(): void;
  send(bytes: Uint8Array): void;
  dispose(): void;
}

const SIZE = { cols: 100, rows: 30 };
/** Of the page's screen: `terminal-screen.ts` needs a browser. */
const RESET = '\x18\x1bc';

export class Page implements Disposable {
  readonly screen: ScreenState;
  /** What the link was told in all: bytes that are gone. */
  missed = 0;
  cleared = 0;
  /** Of the shell, as they came; a picture of the screen is among them. */
  readonly output: Buffer[] = [];
  readonly #link: Link;
  /** In the order in which they came. */
  #done = Promise.resolve();

  private constructor(link: Link, size: { cols: number; rows: number }) {
    this.#link = link;
    this.screen = new ScreenState(size, '');
    link.attach({
      ...size,
      write: (bytes: Uint8Array, _old: boolean, parsed: () => void) => {
        this.output.push(Buffer.from(bytes));
        this.#do(() => this.screen.write(bytes).then(parsed));
      },
      trust: () => {},
      follow: (followed: { cols: number; rows: number } | null) => {
        const { cols, rows } = followed ?? size;
        this.#do(async () => this.screen.resize(cols, rows));
      },
      lead: () => this.screen.resize(size.cols, size.rows),
      clear: () => {
        this.cleared += 1;
        this.#do(() => this.screen.write(RESET));
      },
      tellMissing: (bytes: number, above: boolean) => {
        this.missed += bytes;
        const line = `\x18\x1b[0m\r\x1b[2m[${bytes} gone]\x1b[0m\r\n`;
        this.#do(() => this.screen.write(above ? `${line}\x1b[${size.rows}H\n\x1b[H` : line));
      },
    });
    link.connect();
  }

  /** `url` is where the server is reached. */
  static async open(url: string, cookie: string, size = SIZE): Promise<Page> {
    const place = globalThis as { window?: EventTarget; document?: EventTarget };
    place.window ??= new EventTarget();
    place.document ??= new EventTarget();
    // Each page of a test has its own listeners.
    setMaxListeners(0, place.window, place.document);
    const file = new URL('../../web/src/terminal/terminal-link.ts', import.meta.url).href;
    const { TerminalLink } = (await import(file)) as { TerminalLink: new (...parts: unknown[]) => Link };
    const socket = () => {
      const headers = { origin: url, cookie };
      const made = new WebSocket(`${url.replace('http', 'ws')}${routes.socket}`, { headers });
      made.on('error', () => {});
      return made;
    };
    const events = { onSession: () => {}, onNoSession: () => {}, onOutdated: () => false };
    return new Page(new TerminalLink(socket, events), size);
  }

  get state(): LinkState {
    return this.#link.state.value;
  }

  /** Another page leads. */
  get follows(): boolean {
    return this.#link.follows.value;
  }

  async ready(): Promise<void> {
    await until(() => this.state.state === 'ready', 'the terminal');
  }

  type(text: string): void {
    this.#link.send(new TextEncoder().encode(text));
  }

  /** Waits for what a program prints at last. */
  async shows(text: string, ms?: number): Promise<void> {
    let tail = '';
    let seen = 0;
    const look = () => {
      for (; seen < this.output.length; seen++) tail = (tail + this.output[seen]?.toString('latin1')).slice(-70_000);
      return tail.includes(text);
    };
    await until(look, `the page to show ${text}`, ms);
    await this.#done;
  }

  #do(next: () => Promise<void>): void {
    this.#done = this.#done.then(next);
  }

  [Symbol.dispose](): void {
    this.#link.dispose();
    this.screen.dispose();
  }
}
