// What the page of a class shows.

import type { Class } from '../../../protocol/classroom.ts';
import type { ClassLearner } from '../../../protocol/learners.ts';
import type { LessonSummary } from '../../../protocol/lesson.ts';

export interface Shown {
  one: Class;
  learners: ClassLearner[];
  /** Of the class, in its order. */
  lessons: LessonSummary[];
}
