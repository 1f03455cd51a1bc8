// What another learner notices: how long their keys' echo takes, and a verdict after a command's end.

import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { type Learner, type LearnerTerminal, until } from './learner.ts';

const BETWEEN_MS = 40;
const ECHOES_TO_A_VERDICT = 12;

export interface Noticed {
  echoMs: number[];
  verdictMs: number[];
}

export class Neighbour {
  readonly #terminal: LearnerTerminal;
  readonly #lesson: string;
  #step = '';
  #asked = 0;
  #onBytes: (bytes: Buffer) => void = () => {};
  #onSession: (session: Session) => void = () => {};

  private constructor(terminal: LearnerTerminal, lesson: string) {
    this.#lesson = lesson;
    this.#terminal = terminal;
    terminal.socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) return this.#onBytes(data);
      const message = JSON.parse(data.toString('utf8')) as { session?: Session };
      if (message.session) this.#onSession(message.session);
    });
  }

  /** At the first step of a lesson, which must have a check. */
  static async open(learner: Learner, lesson: string, step: string): Promise<Neighbour> {
    await learner.open(lesson);
    await learner.post(routes.openStep(lesson, step));
    const terminal = await learner.terminal();
    await terminal.shows('# ');
    const neighbour = new Neighbour(terminal, lesson);
    neighbour.#step = step;
    return neighbour;
  }

  /** For a time, and as long as something goes on. */
  async notice(forMs: number, goesOn = () => false): Promise<Noticed> {
    const noticed: Noticed = { echoMs: [], verdictMs: [] };
    for (const end = performance.now() + forMs; performance.now() < end || goesOn(); ) {
      for (let i = 0; i < ECHOES_TO_A_VERDICT; i++) noticed.echoMs.push(await this.#echo());
      noticed.verdictMs.push(await this.#verdict());
    }
    return noticed;
  }

  close(): void {
    this.#terminal.socket.close();
  }

  async #echo(): Promise<number> {
    let echoedAt = 0;
    this.#onBytes = (bytes) => {
      if (bytes.includes('~')) echoedAt ||= performance.now();
    };
    const typedAt = performance.now();
    this.#terminal.type('~');
    await until(() => echoedAt > 0, 'the echo of a key');
    this.#terminal.type('\x7f');
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    return echoedAt - typedAt;
  }

  async #verdict(): Promise<number> {
    this.#asked += 1;
    const name = `nosuch-${this.#asked}`;
    let endedAt = 0;
    let judgedAt = 0;
    this.#onBytes = (bytes) => {
      if (bytes.includes('\x1b]633;D;')) endedAt ||= performance.now();
    };
    this.#onSession = ({ lesson, verdict }) => {
      if (lesson === this.#lesson && verdict?.step === this.#step && verdict.message.includes(`${name}:`))
        judgedAt ||= performance.now();
    };
    this.#terminal.type(`docker image inspect ${name}\r`);
    await until(() => endedAt > 0 && judgedAt > 0, 'a verdict');
    this.#onSession = () => {};
    return Math.max(0, judgedAt - endedAt);
  }
}
