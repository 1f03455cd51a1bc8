// What lint looks at, and what it finds.

import type { Lesson } from './load.ts';

export interface Problem {
  file: string;
  line: number;
  message: string;
}

/** A lesson with its text. */
export interface LintedLesson {
  lesson: Lesson;
  file: string;
  text: string;
}
