// One lesson taken by a headless learner who types in the real shell of a real sandbox.

import type { JournalEntry } from '../checks/journal.ts';
import type { Lesson } from '../lessons/load.ts';
import type { LessonStep } from '../lessons/parse.ts';
import { parseReference } from '../reference.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import { reached } from '../terminal/reached.ts';
import { Typist } from '../terminal/typist.ts';
import { keepRegistries, readState, restoreState, type SandboxState } from './sandbox-state.ts';
import type { LearnerSession } from './session.ts';
import type { Sessions } from './sessions.ts';

export interface TrialParts {
  sessions: Sessions;
  pool: SandboxPool;
}

const SET_UP_MS = 30_000;
const COMMAND_MS = 30_000;
const VERDICT_MS = 6_000;
/** An engine event may come this much after its command's end. */
const EVENTS_MS = 250;

export class Trial {
  readonly session: LearnerSession;
  readonly #lesson: Lesson;
  readonly #parts: TrialParts;
  readonly #typist: Typist;
  #mark: { step: string; state: SandboxState; memory: JournalEntry[] } | null = null;

  private constructor(session: LearnerSession, lesson: Lesson, parts: TrialParts, typist: Typist) {
    this.session = session;
    this.#lesson = lesson;
    this.#parts = parts;
    this.#typist = typist;
  }

  /** A fresh session in a fresh sandbox, with the lesson's set-up done. Throws what the set-up said. */
  static async begin(parts: TrialParts, lesson: Lesson): Promise<Trial> {
    const { session } = parts.sessions.create();
    try {
      await session.open(lesson);
      await reached(() => !['waiting', 'running'].includes(session.view().setup.state), SET_UP_MS);
      const { setup } = session.view();
      if (setup.state !== 'ready') throw new Error(`set-up of ${lesson.slug}: ${JSON.stringify(setup)}`);
      const { sandbox } = session;
      if (!sandbox) throw new Error(`set-up of ${lesson.slug}: no sandbox`);
      return new Trial(
        session,
        lesson,
        parts,
        await Typist.connect({ shell: sandbox.shell, nonce: sandbox.nonce, from: 0 }),
      );
    } catch (error) {
      await drop(parts, session);
      throw error;
    }
  }

  /** As `begin`, in the world right before a step: every earlier solution was typed. */
  static async before(parts: TrialParts, lesson: Lesson, step: LessonStep): Promise<Trial> {
    await using stack = new AsyncDisposableStack();
    const trial = stack.use(await Trial.begin(parts, lesson));
    for (const earlier of lesson.steps.slice(0, lesson.steps.indexOf(step))) await trial.#pass(earlier);
    await trial.#begin(step);
    stack.move();
    return trial;
  }

  /** From the world right before a step to that before a later one; false where there is no way back to the first. */
  async goOn(step: LessonStep, next: LessonStep): Promise<boolean> {
    if (!(await this.rewind())) return false;
    const { steps } = this.#lesson;
    for (const each of steps.slice(steps.indexOf(step), steps.indexOf(next))) await this.#pass(each);
    await this.#begin(next);
    return true;
  }

  async #begin(step: LessonStep): Promise<void> {
    await this.settle();
    await this.session.chooseStep(this.#lesson, step.id);
    await this.settle();
    await this.#setMark(step.id);
  }

  /** Solves a step and waits for its pass: what follows may need more than the end of its commands, such as a registry that is up. */
  async #pass(step: LessonStep): Promise<void> {
    if (step.checks.length === 0) return this.solve(step);
    if (this.current !== step.id) await this.session.chooseStep(this.#lesson, step.id);
    await this.solve(step);
    await reached(() => this.checksPassed(step.id), VERDICT_MS);
  }

  get current(): string | null {
    return this.session.view().progress[this.#lesson.slug]?.current ?? null;
  }

  hasPassed(step: string): boolean {
    return this.session.view().progress[this.#lesson.slug]?.marks[step] === 'passed';
  }

  /** Whether its checks have passed; its quizzes may be open. */
  checksPassed(step: string): boolean {
    return this.session.view().progress[this.#lesson.slug]?.checked.includes(step) ?? false;
  }

  /** Types a step's solution. */
  async solve(step: LessonStep): Promise<void> {
    for await (const lines of this.session.help.solution(this.#lesson, step)) await this.type(lines);
  }

  /** Types each command and waits for its end. */
  async type(commands: readonly string[]): Promise<void> {
    await this.#typist.type(commands, { commandMs: COMMAND_MS, cut: true });
  }

  /** Types each command until the verdict says this; a command that still runs then is cut. True, or what it says at last. */
  async saysAfter(commands: readonly string[], words: RegExp): Promise<true | string> {
    const said = () => this.session.view().verdict?.message ?? '(nothing)';
    let heard = false;
    const enough = () => (heard ||= words.test(said()));
    await this.#typist.type(commands, { commandMs: COMMAND_MS, cut: true, enough });
    return heard || (await reached(enough, VERDICT_MS)) ? true : said();
  }

  passes(step: string): Promise<boolean> {
    return reached(() => this.hasPassed(step), VERDICT_MS);
  }

  /** Waits until all that has happened is judged. */
  async settle(): Promise<void> {
    await delay(EVENTS_MS);
    await reached(() => this.session.settled, VERDICT_MS);
  }

  /** Back to the world right before the step; false where that cannot be. */
  async rewind(): Promise<boolean> {
    if (!this.#mark) return false;
    const { step, state, memory } = this.#mark;
    const { sandbox } = this.session;
    if (!sandbox || this.hasPassed(step) || this.checksPassed(step)) return false;
    const pushed = pushedNames(this.session.memory()).slice(pushedNames(memory).length);
    // What the account has on the practice Docker Hub stays there.
    if (pushed.some((name) => parseReference(name).reference?.isOnDockerHub !== false)) return false;
    return this.session.recall(this.#lesson, memory, () => restoreState(sandbox, state, pushed.length > 0));
  }

  async #setMark(step: string): Promise<void> {
    this.#mark = null;
    const { sandbox } = this.session;
    if (!sandbox) return;
    const state = await readState(sandbox);
    if (await keepRegistries(sandbox, state)) this.#mark = { step, state, memory: this.session.memory() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#typist.close();
    await drop(this.#parts, this.session);
  }
}

async function drop({ sessions, pool }: TrialParts, session: LearnerSession): Promise<void> {
  const { sandbox } = session;
  sessions.drop(session);
  if (sandbox) await pool.remove(sandbox.id);
}

/** In the order in which they were pushed. */
function pushedNames(memory: readonly JournalEntry[]): string[] {
  return memory.flatMap(({ kind, body }) =>
    kind === 'event' && body.kind === 'image' && body.action === 'push' ? [body.id] : [],
  );
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
