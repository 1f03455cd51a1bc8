// What teachers and assistants change in a learner's run, and tell the learner of: the lesson begun anew, another step, more time.

import type { HelpItem } from '../../protocol/room.ts';
import type { ToStart, ToStep } from '../../protocol/wall.ts';
import { SlipwayError } from '../errors.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import { notOpen, unknownStep } from '../sessions/problems.ts';
import type { LearnerSession } from '../sessions/session.ts';
import { Sessions } from '../sessions/sessions.ts';
import type { PersonRow } from '../store/people-store.ts';
import type { Help } from './help.ts';

export interface InterventionParts {
  sessions: Sessions;
  /** All that are offered. */
  lessons: Lessons;
  help: Help;
}

export class Interventions {
  readonly #parts: InterventionParts;

  constructor(parts: InterventionParts) {
    this.#parts = parts;
  }

  /** As the learner starts it again. Throws `no-session`, and `not-open` where another lesson is open meanwhile. */
  async startAgain(learner: PersonRow, by: string, { lesson: slug }: ToStart): Promise<void> {
    const { session, lesson } = this.#open(learner, slug);
    await session.restart(lesson);
    this.#tell(learner, by, 'restart', lesson.title);
  }

  /** As the learner chooses it. Throws `no-session`, `not-open`, `unknown-step` and `step-passed`. */
  async moveTo(learner: PersonRow, by: string, { lesson: slug, step: id }: ToStep): Promise<void> {
    const { session, lesson } = this.#open(learner, slug);
    const step = lesson.steps.find((other) => other.id === id);
    if (!step) throw unknownStep();
    if (session.progressIn(lesson)?.marks[id] === 'passed') {
      throw new SlipwayError('step-passed', 'This step is passed already.', {
        next: 'Choose one that is not.',
        status: 409,
      });
    }
    await session.chooseStep(lesson, id);
    this.#tell(learner, by, 'step', step.title);
  }

  /** Throws `no-session`, `no-more-time`, and `no-end-near` where there is nothing to put off. */
  extend(learner: PersonRow, by: string): void {
    const session = this.#session(learner);
    if (session.view().time?.state !== 'ending') {
      throw new SlipwayError('no-end-near', 'The end of this learner’s time is not near.', {
        next: 'When it is, the learner is warned, and it can be put off.',
        status: 409,
      });
    }
    session.extend();
    this.#tell(learner, by, 'extend', '');
  }

  #session({ session }: PersonRow): LearnerSession {
    return Sessions.begun(session === null ? null : this.#parts.sessions.withId(session));
  }

  /** What the teacher sees may have changed meanwhile. */
  #open(learner: PersonRow, slug: string): { session: LearnerSession; lesson: Lesson } {
    const session = this.#session(learner);
    const lesson = this.#parts.lessons.all.find((other) => other.slug === slug);
    if (!lesson || session.view().lesson !== slug) throw notOpen();
    return { session, lesson };
  }

  #tell({ id }: PersonRow, by: string, kind: HelpItem['kind'], text: string): void {
    this.#parts.help.tell(id, by, { kind, text });
  }
}
