// Whether the lessons of a class are open to all at once, or the teacher opens each.

import { useSignal } from '@preact/signals';
import type { ClassChange } from '../../../protocol/classroom.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { changeClass } from './class-api.ts';
import type { Shown } from './shown.ts';

export function Pace({ shown: { one, lessons }, onChanged }: { shown: Shown; onChanged: () => Promise<void> }) {
  const problem = useSignal<ApiProblem | null>(null);
  const change = async (what: ClassChange) => {
    problem.value = null;
    await changeClass(one.id, what).then(onChanged, (error) => {
      problem.value = asProblem(error);
    });
  };
  const words = roomTexts.pace;
  const setOpen = (slug: string, open: boolean) =>
    void change({ opened: open ? [...one.opened, slug] : one.opened.filter((other) => other !== slug) });
  return (
    <section>
      <fieldset class="pace">
        <legend>
          <h2>{words.heading}</h2>
        </legend>
        {(['free', 'teacher'] as const).map((pace) => (
          <label key={pace} class="pace-choice">
            <input type="radio" name="pace" checked={one.pace === pace} onChange={() => void change({ pace })} />
            {words.choices[pace]}
          </label>
        ))}
      </fieldset>
      {one.pace === 'teacher' && (
        <>
          <p class="field-hint">{words.hint}</p>
          <ol class="pace-lessons">
            {lessons.map(({ slug, title, language }) => (
              <li key={slug}>
                <label class="pace-choice">
                  <input
                    type="checkbox"
                    checked={one.opened.includes(slug)}
                    onChange={({ currentTarget }) => setOpen(slug, currentTarget.checked)}
                  />
                  <span lang={language}>{title}</span>
                </label>
              </li>
            ))}
          </ol>
        </>
      )}
      {problem.value && <ProblemNotice problem={problem.value} />}
    </section>
  );
}
