// Whether the course is done: of each of its lessons with steps, how many passed, and how many were shown.

import type { LessonSummary } from '../../../protocol/lesson.ts';
import type { Session } from '../../../protocol/session.ts';
import { countSteps, progressOf } from '../progress.ts';

export type CourseLesson = {
  slug: string;
  language: string;
  title: string;
  minutes: number;
  passed: number;
  all: number;
};
export type Course = {
  lessons: CourseLesson[];
  missing: CourseLesson[];
  steps: number;
  shown: number;
  minutes: number;
};

/** Of the course: lessons of whoever runs this server are not of it, nor is a page to read. */
export function courseDone(lessons: readonly LessonSummary[], session: Session | null): Course {
  const course = lessons.filter(({ heading, steps }) => heading === null && steps.length > 0);
  const counted = course.map((lesson) => {
    const { passed, all } = countSteps(progressOf(session, lesson), lesson);
    return { slug: lesson.slug, language: lesson.language, title: lesson.title, minutes: lesson.minutes, passed, all };
  });
  const sum = (of: (lesson: CourseLesson) => number) => counted.reduce((total, lesson) => total + of(lesson), 0);
  return {
    lessons: counted,
    missing: counted.filter(({ passed, all }) => passed < all),
    steps: sum(({ all }) => all),
    minutes: sum(({ minutes }) => minutes),
    shown: course.reduce((total, lesson) => total + progressOf(session, lesson).shown.length, 0),
  };
}
