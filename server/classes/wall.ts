// The wall of a class: how each of its learners stands, told whole and then as differences, while somebody looks at it.

import type { Evidence } from '../../protocol/session.ts';
import type { WallLearner, WallLesson, WallMessage, WallReport } from '../../protocol/wall.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import type { LearnerSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ClassStore } from '../store/class-store.ts';
import type { EvidenceStore, ReportRow } from '../store/evidence-store.ts';
import type { PeopleStore, PersonRow } from '../store/people-store.ts';
import { LastLines } from '../terminal/last-lines.ts';
import type { Hands } from './hands.ts';
import type { Keyboards } from './keyboards.ts';

const MOST_REPORTS = 50;
/** What happens within this is told together. */
const TOGETHER_MS = 100;

export interface WallParts {
  classes: ClassStore;
  people: PeopleStore;
  sessions: Sessions;
  lessons: Lessons;
  hands: Hands;
  keyboards: Keyboards;
  evidence: EvidenceStore;
}

export interface WallListener {
  tell(message: WallMessage): void;
  /** Whether it wants the last lines of the terminals now. */
  readonly wantsLines: boolean;
}

/** A session whose changes are followed. */
interface Followed {
  session: LearnerSession;
  leave: () => void;
}

export class Wall {
  readonly #class: number;
  readonly #parts: WallParts;
  readonly #listeners = new Set<WallListener>();
  readonly #followed = new Map<string, Followed>();
  readonly #lines = new Map<string, { of: string; reader: LastLines; now: string[] }>();
  #picture: Record<string, WallLearner> = {};
  #lessons: readonly Lesson[] = [];
  #hands = new Map<string, NonNullable<WallLearner['hand']>>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  readonly #leaves: (() => void)[] = [];

  constructor(ofClass: number, parts: WallParts) {
    this.#class = ofClass;
    this.#parts = parts;
  }

  /** Tells all of it at once, then what changes, until the function that it returns is called. */
  follow(listener: WallListener): () => void {
    if (this.#listeners.size === 0) this.#begin();
    else this.#flush();
    this.#listeners.add(listener);
    listener.tell(this.#whole());
    listener.tell(this.#reports());
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#end();
      else if (!this.#linesAreWanted) this.#closeLines();
    };
  }

  /** A listener wants the last lines now, or no longer does. */
  linesWanted(listener: WallListener): void {
    if (!this.#linesAreWanted) return this.#closeLines();
    for (const id of this.#followed.keys()) this.#readLines(id);
    if (!listener.wantsLines) return;
    const lines = Object.fromEntries([...this.#lines].map(([id, { now }]) => [id, now]));
    listener.tell({ type: 'wall-lines', lines });
  }

  get #linesAreWanted(): boolean {
    return [...this.#listeners].some(({ wantsLines }) => wantsLines);
  }

  #begin(): void {
    const { people, classes, hands, keyboards, evidence } = this.#parts;
    this.#leaves.push(
      people.watch(() => this.#later()),
      classes.watch(() => this.#reteach()),
      hands.watch(() => this.#handsMoved()),
      keyboards.watch(() => this.#keyboardsMoved()),
      evidence.watch(() => this.#tell(this.#reports())),
    );
    this.#readLessons();
    this.#readHands();
    this.#meet();
    this.#picture = Object.fromEntries(this.#learners().map((person) => [person.id, this.#viewOf(person)]));
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#closeLines();
    for (const leave of this.#leaves.splice(0)) leave();
    for (const { leave } of this.#followed.values()) leave();
    this.#followed.clear();
    this.#changed.clear();
  }

  #learners(): PersonRow[] {
    return this.#parts.people.inClass(this.#class);
  }

  #readLessons(): void {
    this.#lessons = this.#parts.lessons.only(this.#parts.classes.get(this.#class)?.lessons ?? []).all;
  }

  /** Another name, other lessons, or a pause. */
  #reteach(): void {
    this.#readLessons();
    for (const { id } of this.#learners()) this.#changed.add(id);
    this.#flush();
    this.#tell(this.#whole());
  }

  #readHands(): void {
    const hands = this.#parts.hands.of(this.#class);
    this.#hands = new Map(
      hands.map(({ person, words, raisedMs, takenBy }) => [person, { words, raisedMs, takenBy }] as const),
    );
  }

  #handsMoved(): void {
    const before = this.#hands;
    this.#readHands();
    for (const id of [...before.keys(), ...this.#hands.keys()]) this.#changed.add(id);
    this.#later();
  }

  /** Rare enough to look at all. */
  #keyboardsMoved(): void {
    for (const id of this.#followed.keys()) this.#changed.add(id);
    this.#later();
  }

  #reports(): WallMessage {
    const reports = this.#parts.evidence.reportsOf(this.#class, MOST_REPORTS);
    return { type: 'wall-reports', reports: reports.map(reportView) };
  }

  #tell(message: WallMessage): void {
    for (const listener of this.#listeners) listener.tell(message);
  }

  /** Follows whoever has begun since. */
  #meet(): void {
    const learners = this.#learners();
    const sessions = new Map(learners.flatMap(({ id, session }) => (session === null ? [] : [[id, session] as const])));
    for (const [id, { session, leave }] of this.#followed) {
      if (sessions.get(id) === session.id) continue;
      leave();
      this.#followed.delete(id);
      this.#closeLinesOf(id);
    }
    for (const [id, sessionId] of sessions) {
      const session = this.#followed.has(id) ? null : this.#parts.sessions.withId(sessionId);
      if (!session) continue;
      const leave = session.observe(() => {
        this.#changed.add(id);
        this.#later();
      });
      this.#followed.set(id, { session, leave });
      this.#changed.add(id);
    }
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.#flush(), TOGETHER_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#meet();
    const learners: Record<string, WallLearner | null> = {};
    const there = new Set<string>();
    for (const person of this.#learners()) {
      there.add(person.id);
      const before = this.#picture[person.id];
      if (before?.name === person.name && before.came === isCome(person) && !this.#changed.has(person.id)) continue;
      const now = this.#viewOf(person);
      if (JSON.stringify(now) === JSON.stringify(before)) continue;
      this.#picture[person.id] = now;
      learners[person.id] = now;
    }
    for (const id of Object.keys(this.#picture)) {
      if (there.has(id)) continue;
      delete this.#picture[id];
      learners[id] = null;
    }
    if (this.#linesAreWanted) for (const id of this.#changed) this.#readLines(id);
    this.#changed.clear();
    if (Object.keys(learners).length === 0) return;
    this.#tell({ type: 'wall-change', nowMs: Date.now(), learners });
  }

  #whole(): WallMessage {
    const { name = '', pausedBy = null } = this.#parts.classes.get(this.#class) ?? {};
    const lessons = this.#lessons.map(lessonView);
    return { type: 'wall', nowMs: Date.now(), name, pausedBy, lessons, learners: this.#picture };
  }

  #viewOf(person: PersonRow): WallLearner {
    const session = this.#followed.get(person.id)?.session;
    const { name } = person;
    const came = isCome(person);
    const hand = this.#hands.get(person.id) ?? null;
    const keyboard = this.#parts.keyboards.of(person.id);
    if (!session) {
      const none = { lesson: null, step: null, sinceMs: null, tries: 0, diagnosis: null, setup: null };
      return { name, came, connected: false, activeMs: null, ...none, hand, keyboard, steps: {} };
    }
    const { times, ...standing } = session.standing;
    const steps: WallLearner['steps'] = {};
    for (const lesson of this.#lessons) {
      const marks = session.progressIn(lesson)?.marks ?? {};
      const begun = lesson.steps.flatMap(({ id }) => {
        const time = times.find((one) => one.lesson === lesson.slug && one.step === id);
        const mark = marks[id] ?? null;
        if (!time && !mark) return [];
        const tookMs = time && time.endedMs !== null && mark ? time.endedMs - time.begunMs : null;
        return [[id, { mark, tookMs, tries: time?.tries ?? 0 }] as const];
      });
      if (begun.length > 0) steps[lesson.slug] = Object.fromEntries(begun);
    }
    const setup = standing.lesson === null ? null : session.setup.state;
    return { name, came, ...standing, setup, hand, keyboard, steps };
  }

  /** Of the terminal that was used last. */
  #readLines(id: string): void {
    const session = this.#followed.get(id)?.session;
    const shell = session?.lastShell ?? null;
    const of = shell ? `${session?.sandbox?.id} ${shell.terminal.terminal}` : '';
    if (this.#lines.get(id)?.of === of) return;
    this.#closeLinesOf(id);
    if (!shell) return;
    const reader = new LastLines(shell.terminal, shell.byte, (lines) => {
      const kept = this.#lines.get(id);
      if (kept?.reader === reader) kept.now = lines;
      for (const listener of this.#listeners)
        if (listener.wantsLines) listener.tell({ type: 'wall-lines', lines: { [id]: lines } });
    });
    this.#lines.set(id, { of, reader, now: [] });
  }

  #closeLinesOf(id: string): void {
    this.#lines.get(id)?.reader.close();
    this.#lines.delete(id);
  }

  #closeLines(): void {
    for (const id of [...this.#lines.keys()]) this.#closeLinesOf(id);
  }
}

export class Walls {
  readonly #parts: WallParts;
  readonly #byClass = new Map<number, Wall>();

  constructor(parts: WallParts) {
    this.#parts = parts;
  }

  /** Of a class that there is. */
  of(id: number): Wall {
    const wall = this.#byClass.get(id) ?? new Wall(id, this.#parts);
    this.#byClass.set(id, wall);
    return wall;
  }
}

function reportView(row: ReportRow & { person: string }): WallReport {
  const { id, person, lesson, step, atMs, note } = row;
  const evidence = row.evidence as Evidence | null;
  return {
    id,
    learner: person,
    lesson,
    step,
    atMs,
    note,
    said: evidence?.message ?? '',
    command: evidence?.command?.line ?? null,
  };
}

function isCome({ cameMs }: PersonRow): boolean {
  return cameMs !== null;
}

function lessonView({ slug, title, steps }: Lesson): WallLesson {
  return { slug, title, steps: steps.map(({ id, title: named }) => ({ id, title: named })) };
}
