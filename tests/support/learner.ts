// A learner without a browser: HTTP with the session's cookie, and the page's WebSocket.

import { WebSocket } from 'ws';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { PROTOCOL_VERSION, type ServerMessage } from '../../protocol/socket.ts';
import type { TestServer } from './server.ts';

/** For any state: who gets there pays nothing, and a busy machine takes its time. */
const WAIT_MS = 60_000;

export class Learner {
  readonly #server: TestServer;
  cookie = '';

  constructor(server: TestServer, cookie = '') {
    this.#server = server;
    this.cookie = cookie;
  }

  get(path: string): Promise<Response> {
    return fetch(this.#server.url + path, { headers: { cookie: this.cookie } });
  }

  async post(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.cookie, 'content-type': 'application/json', ...init.headers };
    const answer = await fetch(this.#server.url + path, { method: 'POST', body: '{}', ...init, headers });
    const [set] = answer.headers.getSetCookie();
    if (set) this.cookie = set.split(';')[0] ?? '';
    return answer;
  }

  /** Opens a lesson and waits for its set-up. */
  async open(lesson: string): Promise<void> {
    const answer = await this.post(routes.open(lesson));
    if (answer.status !== 200) throw new Error(`open: ${answer.status} ${await answer.text()}`);
    await until(async () => (await this.session()).setup.state === 'ready', 'the set-up');
  }

  async session(): Promise<Session> {
    return (await (await this.get(routes.session)).json()) as Session;
  }

  socket(init: { origin?: string; cookie?: string; terminal?: number | string } = {}): WebSocket {
    return this.socketAt(`${routes.socket}?terminal=${init.terminal ?? 0}`, init);
  }

  socketAt(path: string, init: { origin?: string; cookie?: string } = {}): WebSocket {
    return new WebSocket(this.#server.url.replace('http', 'ws') + path, {
      headers: { origin: init.origin ?? this.#server.url, cookie: init.cookie ?? this.cookie },
    });
  }

  async terminal(from: { id: string; from: number } | null = null, number = 0): Promise<LearnerTerminal> {
    const terminal = new LearnerTerminal(this.socket({ terminal: number }), from);
    await until(() => terminal.id !== '' || terminal.closeCode !== null, 'the terminal');
    if (terminal.id === '') throw new Error(`the terminal was closed with ${terminal.closeCode}`);
    return terminal;
  }
}

/** As the page's terminal: counts bytes, acknowledges them at once. */
export class LearnerTerminal {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  output = '';
  id = '';
  next = 0;
  missed = 0;
  closeCode: number | null = null;
  /** Set false to forget what is shown, which costs next to nothing. */
  keeping = true;
  /** Set false to be a page that does not parse. */
  acknowledging = true;

  constructor(socket: WebSocket, from: { id: string; from: number } | null) {
    this.socket = socket;
    socket.on('open', () =>
      this.send({ type: 'hello', version: PROTOCOL_VERSION, terminal: from, cols: 100, rows: 30, lead: true }),
    );
    socket.on('error', () => {});
    socket.on('close', (code) => {
      this.closeCode = code;
    });
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) {
        this.next += data.length;
        if (this.keeping) this.output = (this.output + data.toString('utf8')).slice(-2_000_000);
        if (this.acknowledging) this.send({ type: 'ack', bytes: data.length });
        return;
      }
      const message = JSON.parse(data.toString('utf8')) as ServerMessage;
      this.messages.push(message);
      if (message.type !== 'terminal') return;
      this.id = message.id;
      this.next = message.start;
      this.missed += message.missed;
    });
  }

  get session(): Session | null {
    return this.messages.findLast((message) => message.type === 'session')?.session ?? null;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  type(text: string): void {
    this.socket.send(Buffer.from(text), { binary: true });
  }

  async shows(text: string | RegExp): Promise<void> {
    await until(
      () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output)),
      `the terminal to show ${text}`,
    );
  }

  /** Waits for a mark or a verdict. */
  async sees(what: (session: Session) => boolean, named: string): Promise<void> {
    await until(() => this.session !== null && what(this.session), named);
  }
}

/** Asks again until it is so, or throws at the deadline. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, ms = WAIT_MS): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${ms / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
