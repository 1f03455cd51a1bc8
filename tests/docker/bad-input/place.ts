// Where bad input is tried: one server with small limits, one learner whose shell is none the worse afterwards.

import { reached } from '../../../server/terminal/reached.ts';
import { Learner, type LearnerTerminal, until } from '../../support/learner.ts';
import { TestServer } from '../../support/server.ts';

export const LESSON = 'what-is-a-registry';
const PING_MESSAGE = JSON.stringify({ type: 'ping' });
export const STEP = 'list-the-images-you-have';
/** Small ones, so that what is beyond them is soon there. */
const LIMITS = [
  ...['--max-sandboxes', '3', '--sessions-per-address', '3', '--sockets-per-session', '16'],
  ...['--input-kb-per-second', '1024', '--waiting-input-kb', '1024', '--hello-seconds', '2', '--ping-seconds', '1'],
];
export const INPUT_BYTES_PER_SECOND = 1024 * 1024;
/** Of which the holder takes the first. */
export const WAITING_INPUT_BYTES = 2 * 1024 * 1024;
export const MOST_SOCKETS = 16;
export const MOST_SESSIONS = 3;
export const DEAD_AFTER_MS = 2000;

const ANSWER_MS = 400;

export class Place implements AsyncDisposable {
  readonly server: TestServer;
  readonly learner: Learner;
  /** Who notices, where anybody has to. */
  readonly neighbour: Learner;

  #asked = 0;

  private constructor(server: TestServer) {
    this.server = server;
    this.learner = new Learner(server);
    this.neighbour = new Learner(server);
  }

  static async open(): Promise<Place> {
    const place = new Place(await TestServer.start({ args: LIMITS }));
    await place.learner.open(LESSON);
    return place;
  }

  /** Open WebSockets, as the server counts them. */
  async sockets(): Promise<number> {
    const text = await (await this.learner.get('/metrics')).text();
    return Number(/^slipway_sockets (\d+)$/m.exec(text)?.[1]);
  }

  /** At the prompt, whatever came before. */
  async terminal(): Promise<LearnerTerminal> {
    const terminal = await this.learner.terminal();
    // A shell that is interrupted loses what comes with that.
    await until(() => this.answers(terminal), 'the prompt');
    return terminal;
  }

  /** Whether the shell runs a command within a moment; where it does not, Ctrl-C is pressed. */
  async answers(terminal: LearnerTerminal): Promise<boolean> {
    this.#asked += 1;
    terminal.type(`echo an""swer-${this.#asked}.\r`);
    if (await reached(() => terminal.output.includes(`answer-${this.#asked}.`), ANSWER_MS)) return true;
    terminal.type('\x03');
    return false;
  }

  /** The learner's shell is none the worse. */
  async isWell(): Promise<void> {
    const terminal = await this.terminal();
    terminal.socket.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

/** A socket on which this was said, in this order: the code that it is closed with, or null where it stays open. */
export async function saying(
  { learner }: Place,
  frames: readonly (string | Buffer | object)[],
): Promise<number | null> {
  const socket = learner.socket();
  let closed: number | null = null;
  let pongs = 0;
  socket.on('close', (code) => (closed = code));
  socket.on('error', () => {});
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (!binary && data.includes('"pong"')) pongs += 1;
  });
  await new Promise((resolve) => socket.on('open', resolve));
  const texts = frames.map((one) => (typeof one === 'string' || Buffer.isBuffer(one) ? one : JSON.stringify(one)));
  const asked = texts.filter((one) => one === PING_MESSAGE).length + 1;
  for (const one of [...texts, PING_MESSAGE]) socket.send(one, { binary: Buffer.isBuffer(one) });
  await until(() => closed !== null || pongs >= asked, 'an answer');
  socket.terminate();
  return closed;
}
