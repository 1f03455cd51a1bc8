// What stands after the last step: once the lesson is complete, what was done in it, and the way on.

import type { Lesson } from '../../../protocol/lesson.ts';
import { Icon } from '../parts/icons.tsx';
import { countSteps } from '../progress.ts';
import { certificatePath, lessonPath } from '../router.ts';
import { texts } from '../texts.ts';
import { DoneList } from './done-list.tsx';
import type { LessonRun } from './lesson-run.ts';

export function LessonEnd({ run, lesson }: { run: LessonRun; lesson: Lesson }) {
  const progress = run.progress.value;
  if (!progress) return null;
  const { passed, skipped } = countSteps(progress, lesson);
  const done = progress.current === null;
  return (
    <section class="lesson-end" data-done={done}>
      {done && (
        <>
          <h2 tabIndex={-1}>{texts.lesson.done}</h2>
          <p>{skipped > 0 ? texts.lesson.doneSkipped({ n: skipped }) : texts.lesson.doneText}</p>
          <DoneList lesson={lesson} passed={passed} />
        </>
      )}
      <WayOn lesson={lesson} done={done} />
    </section>
  );
}

function WayOn({ lesson: { next }, done }: { lesson: Lesson; done: boolean }) {
  if (next) {
    return (
      <a class={done ? 'button button-main' : 'quiet-link'} href={lessonPath(next)}>
        {texts.lesson.next}
        <Icon name="arrow" />
      </a>
    );
  }
  if (!done) return null;
  return (
    <>
      <p>{texts.lesson.last}</p>
      <a class="button button-main" href={certificatePath}>
        {texts.certificate.link}
        <Icon name="arrow" />
      </a>
    </>
  );
}
