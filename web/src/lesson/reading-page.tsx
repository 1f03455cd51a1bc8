// A lesson that is only read: no steps, no computer, the whole width for the text.

import type { Lesson } from '../../../protocol/lesson.ts';
import { TermTip } from '../glossary/term-tip.tsx';
import { Icon } from '../parts/icons.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { certificatePath, lessonPath } from '../router.ts';
import { texts } from '../texts.ts';
import { LessonHead } from './lesson-head.tsx';
import { LessonHtml } from './lesson-html.tsx';
import { LessonSources } from './lesson-sources.tsx';

export function ReadingPage({ lesson }: { lesson: Lesson }) {
  return (
    <>
      <a class="skip-link" href="#lesson">
        {texts.skipToLesson}
      </a>
      <TopBar />
      <main id="lesson" class="reading-page" tabIndex={-1}>
        <LessonHead lesson={lesson} />
        <LessonHtml html={lesson.introHtml} run={null} />
        {!lesson.next && (
          <p>
            <a class="button" href={certificatePath}>
              {texts.certificate.link}
              <Icon name="arrow" />
            </a>
          </p>
        )}
        {lesson.next && (
          <p>
            <a class="button" href={lessonPath(lesson.next)}>
              {texts.lesson.next}
              <Icon name="arrow" />
            </a>
          </p>
        )}
        <LessonSources sources={lesson.sources} />
        <TermTip />
      </main>
    </>
  );
}
