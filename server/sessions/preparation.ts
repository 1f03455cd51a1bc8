// The set-up of the open lesson as its learner sees it: running, ready, or failed and to be tried again.

import type { Setup } from '../../protocol/session.ts';
import type { Journal } from '../checks/journal.ts';
import type { Dial } from '../dial.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import type { Lesson } from '../lessons/load.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { LearnerComputer } from './computer.ts';
import { Drawing } from './drawing.ts';
import type { Judging } from './judging.ts';
import type { Progress } from './progress.ts';
import { setUp } from './set-up.ts';
import type { Turns } from './turns.ts';

export interface PreparationOptions {
  progress: Progress;
  journal: Journal;
  computer: LearnerComputer;
  judging: Judging;
  /** Where the practice Docker Hub's images are. */
  hubStore: Dial;
  log: { warn(fields: object, text: string): void };
  isOpen: (lesson: Lesson) => boolean;
  /** What else is done with this session comes before it, or after. */
  turns: Turns;
  onChange: () => void;
}

export class Preparation {
  readonly #options: PreparationOptions;
  #setup: Setup = { state: 'ready' };
  #work: AbortController | null = null;
  readonly #drawing = new Drawing();

  constructor(options: PreparationOptions) {
    this.#options = options;
  }

  get setup(): Setup {
    return this.#setup;
  }

  /** Sees to it that the computer is as the lesson wants it; a page wants nothing. `drawing`: see `pageIsDrawn`. */
  begin(lesson: Lesson, drawing: boolean): void {
    const { progress, turns } = this.#options;
    if (lesson.page || progress.isReady(lesson)) return this.#ready(lesson);
    this.#running('getting ready');
    const drawn = drawing ? this.#drawing.begin() : Promise.resolve();
    void turns.take(() => this.#run(lesson, drawn));
  }

  /** What waited for a page that was being drawn begins. */
  pageIsDrawn(): void {
    this.#drawing.end();
  }

  /** Nobody waits for it any more. */
  giveUp(): void {
    this.#work?.abort();
    this.#drawing.end();
  }

  /** There is no computer to prepare yet. */
  wait(): void {
    this.#running('waiting for a computer');
  }

  /** Nothing is to be prepared any more. */
  rest(): void {
    this.#setup = { state: 'ready' };
  }

  #fail(error: unknown): void {
    this.#setup = { state: 'failed', message: `Your computer could not be prepared: ${messageOf(error)}` };
    this.#options.onChange();
  }

  async #run(lesson: Lesson, drawn: Promise<void>): Promise<void> {
    const { progress, computer, hubStore, log, isOpen } = this.#options;
    const { sandbox } = computer;
    if (!sandbox || !isOpen(lesson)) return;
    computer.unwatch();
    const work = new AbortController();
    this.#work = work;
    await drawn;
    const prepare = () =>
      setUp(sandbox, lesson.setup, {
        hubStore,
        signal: work.signal,
        removeAbsent: !progress.begun(lesson),
        doing: (doing) => {
          if (!work.signal.aborted) this.#running(doing);
        },
      });
    try {
      await prepare().catch(async (error) => {
        if (work.signal.aborted || !isAway(error)) throw error;
        // An engine that ended is started again inside the computer: once more when it is there.
        await sandbox.ready();
        if (!work.signal.aborted) await prepare();
      });
      await this.#rememberImages(sandbox);
      if (work.signal.aborted) return;
      progress.setReady(lesson);
      this.#ready(lesson);
    } catch (error) {
      if (work.signal.aborted) return;
      work.abort();
      log.warn({ lesson: lesson.slug, error: messageOf(error) }, 'a set-up failed');
      this.#fail(error);
    }
  }

  /** What was before the lesson is no part of it, but the images that it begins with are known. */
  async #rememberImages({ engine }: Sandbox): Promise<void> {
    const { journal } = this.#options;
    journal.forgetAll();
    const nowMs = Date.now();
    for (const image of await engine.images()) {
      for (const tag of image.tags) journal.rememberImage(tag, image.id, nowMs);
    }
  }

  #running(doing: string): void {
    this.#setup = { state: 'running', doing };
    this.#options.onChange();
  }

  #ready(lesson: Lesson): void {
    this.#setup = { state: 'ready' };
    this.#options.judging.start(lesson);
  }
}

function isAway(error: unknown): boolean {
  return error instanceof SlipwayError && error.code === 'engine-away';
}
