// What the page of a class shows.

import type { Class } from '../../../protocol/classroom.ts';
import type { LessonSummary } from '../../../protocol/lesson.ts';

export interface Shown {
  one: Class;
  /** Of the class, in its order. */
  lessons: LessonSummary[];
}
