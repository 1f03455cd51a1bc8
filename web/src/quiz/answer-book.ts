// What was answered in a lesson's quizzes. Right answers are kept in the browser, so that they can be read again after a
// reload; which ones count is the session's to say.

import { type Signal, signal } from '@preact/signals';
import { z } from 'zod';
import type { AnswerLines } from './draft.ts';

export type Answered = {
  right: boolean;
  /** Why it is right or wrong: HTML of the lesson. */
  html: string;
  lines: AnswerLines;
  /** How many answers there were; tells a second wrong one from the first. */
  tries: number;
};

const keptSchema = z.record(
  z.string(),
  z.object({
    html: z.string(),
    lines: z.union([z.object({ html: z.array(z.string()) }), z.object({ text: z.string() })]),
  }),
);

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class AnswerBook {
  private readonly key: string;
  private readonly shelf: Shelf | null;
  private readonly pages: Signal<Readonly<Record<string, Answered>>>;

  constructor(lesson: string, shelf: Shelf | null = browserShelf()) {
    this.key = `slipway.answers.${lesson}`;
    this.shelf = shelf;
    this.pages = signal(this.read());
  }

  /** The last answer to a quiz of a step, if this browser knows it. */
  of(step: string, quiz: number): Answered | null {
    return this.pages.value[`${step}/${quiz}`] ?? null;
  }

  note(step: string, quiz: number, answer: Omit<Answered, 'tries'>): void {
    const tries = (this.of(step, quiz)?.tries ?? 0) + 1;
    this.pages.value = { ...this.pages.peek(), [`${step}/${quiz}`]: { ...answer, tries } };
    const right = Object.entries(this.pages.peek()).filter(([, page]) => page.right);
    const kept = Object.fromEntries(right.map(([name, { html, lines }]) => [name, { html, lines }]));
    this.onShelf((shelf) => shelf.setItem(this.key, JSON.stringify(kept)));
  }

  clear(): void {
    this.pages.value = {};
    this.onShelf((shelf) => shelf.removeItem(this.key));
  }

  private read(): Record<string, Answered> {
    const text = this.onShelf((shelf) => shelf.getItem(this.key)) ?? '{}';
    try {
      const kept = Object.entries(keptSchema.parse(JSON.parse(text)));
      return Object.fromEntries(kept.map(([name, page]) => [name, { ...page, right: true, tries: 1 }]));
    } catch {
      return {};
    }
  }

  private onShelf<T>(use: (shelf: Shelf) => T): T | undefined {
    try {
      return this.shelf ? use(this.shelf) : undefined;
    } catch {
      // It may be full.
      return undefined;
    }
  }
}

function browserShelf(): Shelf | null {
  try {
    return localStorage;
  } catch {
    // Storage may be switched off.
    return null;
  }
}
