// The beginning of a lesson: its title, how long it takes, and what it is for.

import type { Lesson } from '../../../protocol/lesson.ts';
import { Message } from '../message.tsx';
import { texts } from '../texts.ts';

export function LessonHead({ lesson: { language, title, minutes, goals } }: { lesson: Lesson }) {
  return (
    <header class="lesson-head">
      <h1 lang={language}>{title}</h1>
      <p class="lesson-minutes">{texts.lesson.minutes({ n: minutes })}</p>
      {goals.length > 0 && (
        <div class="lesson-goals">
          <p id="goals">{texts.lesson.goals}</p>
          <ul lang={language} aria-labelledby="goals">
            {goals.map((goal) => (
              <li key={goal}>
                <Message text={goal} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </header>
  );
}
