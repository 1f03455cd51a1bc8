// One lesson taken by a headless learner who types in the real shell of a real sandbox.

import type { CommandRecord } from '../checks/types.ts';
import type { Lesson } from '../lessons/load.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import { HolderClient } from '../terminal/holder-client.ts';
import { ShellIntegration } from '../terminal/shell-integration.ts';
import type { LearnerSession } from './session.ts';
import type { Sessions } from './sessions.ts';

export interface TrialParts {
  sessions: Sessions;
  pool: SandboxPool;
}

const SET_UP_MS = 30_000;
const COMMAND_MS = 30_000;
/** What still runs then is left running: a command in the foreground is an attempt, too. */
const FOREGROUND_MS = 4_000;
const VERDICT_MS = 6_000;
/** An engine event may come this much after its command's end. */
const EVENTS_MS = 250;

export class Trial {
  readonly session: LearnerSession;
  readonly #lesson: Lesson;
  readonly #parts: TrialParts;
  readonly #shell: HolderClient;
  #finished: ((command: CommandRecord) => void) | null = null;
  #prompt: Promise<void>;

  private constructor(session: LearnerSession, lesson: Lesson, parts: TrialParts, shell: HolderClient) {
    this.session = session;
    this.#lesson = lesson;
    this.#parts = parts;
    this.#shell = shell;
    const integration = new ShellIntegration({
      nonce: session.sandbox?.nonce ?? '',
      onCommand: (command) => this.#finished?.(command),
    });
    let prompted = () => {};
    this.#prompt = new Promise((resolve) => {
      prompted = resolve;
    });
    shell.onOutput = (bytes, offset) => {
      integration.push(bytes, offset);
      prompted();
    };
    shell.resume();
  }

  /** A fresh session in a fresh sandbox, with the lesson's set-up done. */
  static async begin(parts: TrialParts, lesson: Lesson): Promise<Trial> {
    const { session } = parts.sessions.create();
    await session.open(lesson);
    await until(SET_UP_MS, () => session.view().setup.state !== 'running');
    const { setup } = session.view();
    if (setup.state !== 'ready') throw new Error(`set-up of ${lesson.slug}: ${JSON.stringify(setup)}`);
    const shell = await HolderClient.connect(session.sandbox?.shellSocket ?? '', { role: 'owner', from: 0 });
    return new Trial(session, lesson, parts, shell);
  }

  get current(): string | null {
    return this.session.view().progress[this.#lesson.slug]?.current ?? null;
  }

  /** Types each command and waits for its end. */
  async type(commands: readonly string[]): Promise<void> {
    await this.#prompt;
    for (const command of commands) {
      const finished = new Promise<CommandRecord>((resolve) => {
        this.#finished = resolve;
      });
      this.#shell.write(Buffer.from(`${command}\r`));
      await Promise.race([finished, delay(/docker run (?!.*(-d|--rm))/.test(command) ? FOREGROUND_MS : COMMAND_MS)]);
    }
  }

  /** Null when every step before this one passes by its solution, else what went wrong. */
  async advanceTo(step: string): Promise<string | null> {
    for (const earlier of this.#lesson.steps) {
      if (earlier.id === step) break;
      await this.type(earlier.solution);
      if (await this.passes(earlier.id)) continue;
      // A learner whose curl came before the server was up tries again, too. The first try is proven elsewhere.
      await this.type(earlier.solution);
      if (!(await this.passes(earlier.id))) return `the solution of ${earlier.id} did not pass`;
    }
    await this.settle();
    return this.current === step ? null : `${this.current} was current, not ${step}`;
  }

  async passes(step: string): Promise<boolean> {
    return until(VERDICT_MS, () => this.session.view().progress[this.#lesson.slug]?.marks[step] === 'passed');
  }

  /** True when the verdict comes to say this; otherwise what it says at last. */
  async says(words: RegExp): Promise<true | string> {
    const said = () => this.session.view().verdict?.message ?? '(nothing)';
    return (await until(VERDICT_MS, () => words.test(said()))) ? true : said();
  }

  /** Waits until all that has happened is judged. */
  async settle(): Promise<void> {
    await delay(EVENTS_MS);
    await until(VERDICT_MS, () => this.session.settled);
  }

  async skip(step: string): Promise<void> {
    await this.session.skipStep(this.#lesson, step);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shell.close();
    const { sandbox } = this.session;
    this.#parts.sessions.drop(this.session);
    if (sandbox) await this.#parts.pool.remove(sandbox.id);
  }
}

/** Asks again and again, until the deadline. */
async function until(ms: number, condition: () => boolean): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
