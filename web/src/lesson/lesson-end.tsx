// What stands after the last step: that the lesson is complete once it is, and the way to the next one.

import type { Lesson } from '../../../protocol/lesson.ts';
import { Icon } from '../parts/icons.tsx';
import { countSteps } from '../progress.ts';
import { lessonPath } from '../router.ts';
import { texts } from '../texts.ts';
import type { LessonRun } from './lesson-run.ts';

export function LessonEnd({ run, lesson }: { run: LessonRun; lesson: Lesson }) {
  const progress = run.progress.value;
  if (!progress) return null;
  const { skipped } = countSteps(progress, lesson);
  const done = progress.current === null;
  return (
    <section class="lesson-end" data-done={done}>
      {done && (
        <>
          <h2 tabIndex={-1}>{texts.lesson.done}</h2>
          <p>{skipped > 0 ? texts.lesson.doneSkipped({ n: skipped }) : texts.lesson.doneText}</p>
        </>
      )}
      {lesson.next ? (
        <a class={done ? 'button button-main' : 'quiet-link'} href={lessonPath(lesson.next)}>
          {texts.lesson.next}
          <Icon name="arrow" />
        </a>
      ) : (
        done && <p>{texts.lesson.last}</p>
      )}
    </section>
  );
}
