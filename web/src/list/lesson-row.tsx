// One lesson in the list.

import { Message } from '../message.tsx';
import { Icon } from '../parts/icons.tsx';
import type { EntryNote, ListEntry } from '../progress.ts';
import { lessonPath } from '../router.ts';
import { texts } from '../texts.ts';

export function LessonRow({ entry, number }: { entry: ListEntry; number: number }) {
  const { lesson, passed, all, needs, note } = entry;
  const chosen = note.kind === 'begin' || note.kind === 'resume' || note.kind === 'next';
  return (
    <li class="lesson-row" data-note={note.kind}>
      <span class="lesson-number" aria-hidden="true">
        {note.kind === 'done' ? <Icon name="check" /> : number}
      </span>
      <div class="lesson-about">
        <h3>
          <a href={lessonPath(lesson.slug)} lang={lesson.language}>
            {lesson.title}
          </a>
        </h3>
        <p class="lesson-summary" lang={lesson.language}>
          <Message text={lesson.summary} />
        </p>
        {needs.length > 0 && (
          <p class="lesson-needs">
            {texts.list.needs}
            {needs.map(({ slug, language, title, done }) => (
              <a key={slug} class="lesson-need" href={lessonPath(slug)}>
                <span lang={language}>{title}</span>
                {done && <Icon name="check" />}
                {done && <span class="visually-hidden">, {texts.list.needDone}</span>}
              </a>
            ))}
          </p>
        )}
        {lesson.notOpenYet && <p class="lesson-note">{texts.list.notOpenYet}</p>}
        {chosen && (
          <p class="lesson-note">
            <span>{noteText(note)}</span>
            <Icon name="arrow" />
          </p>
        )}
      </div>
      <div class="lesson-facts">
        <span>{texts.list.minutes({ n: lesson.minutes })}</span>
        {all === 0 ? (
          <span>{texts.list.page}</span>
        ) : (
          <>
            <span>{texts.list.progress({ n: passed, m: all })}</span>
            <span class="lesson-bar" aria-hidden="true">
              <span style={{ inlineSize: `${(passed / all) * 100}%` }} />
            </span>
          </>
        )}
      </div>
    </li>
  );
}

/** What an entry's note asks for. */
export function noteText(note: EntryNote): string {
  if (note.kind === 'resume') return texts.list.resume({ step: note.step });
  return note.kind === 'begin' ? texts.list.begin : texts.list.next;
}
