// Where the field itself says what a lesson teaches.

import type { Lesson } from '../../../protocol/lesson.ts';
import { useLessonLanguage } from '../parts/text-language.ts';
import { texts } from '../texts.ts';

export function LessonSources({ sources }: { sources: Lesson['sources'] }) {
  if (sources.length === 0) return null;
  return (
    <section class="lesson-sources" aria-labelledby="sources">
      <h2 id="sources">{texts.lesson.sources}</h2>
      <ul lang={useLessonLanguage()}>
        {sources.map(({ title, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noopener noreferrer">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
