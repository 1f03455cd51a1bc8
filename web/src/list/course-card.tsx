// How far the course is as a whole, and the way on: to where one was, to the first lesson, or to the certificate.

import type { Course } from '../certificate/course-done.ts';
import { Icon } from '../parts/icons.tsx';
import type { ListEntry } from '../progress.ts';
import { certificatePath, lessonPath } from '../router.ts';
import { texts } from '../texts.ts';
import { noteText } from './lesson-row.tsx';

export function CourseCard({ course, entries }: { course: Course; entries: readonly ListEntry[] }) {
  const passed = course.lessons.reduce((sum, lesson) => sum + lesson.passed, 0);
  const chosen = entries.find(({ note }) => note.kind === 'resume' || note.kind === 'begin' || note.kind === 'next');
  const done = course.steps > 0 && course.missing.length === 0;
  return (
    <section class="course-card" aria-label={texts.list.course}>
      <p class="course-facts">
        <strong>{texts.list.wholeProgress({ n: passed, m: course.steps })}</strong>
        <span>{texts.list.wholeMinutes({ n: course.minutes })}</span>
      </p>
      <span class="lesson-bar" aria-hidden="true">
        <span style={{ inlineSize: `${course.steps > 0 ? (passed / course.steps) * 100 : 0}%` }} />
      </span>
      <p class="course-way">
        {chosen && (
          <a class="button button-main" href={lessonPath(chosen.lesson.slug)}>
            {texts.list.chosen({ lesson: chosen.lesson.title, note: noteText(chosen.note) })}
            <Icon name="arrow" />
          </a>
        )}
        {done && (
          <a class={chosen ? 'button' : 'button button-main'} href={certificatePath}>
            {texts.certificate.link}
            <Icon name="arrow" />
          </a>
        )}
      </p>
    </section>
  );
}
