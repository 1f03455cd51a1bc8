// What a teacher does for an opened learner: another step, more time, the lesson from its beginning.

import { useSignal } from '@preact/signals';
import type { WallLearner } from '../../../protocol/wall.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Question } from '../parts/question.tsx';
import { roomTexts } from '../room-texts.ts';
import { useActing } from './acting.ts';
import { extendFor, moveTo, startAgainFor } from './action-api.ts';
import { type Told, titleOf } from './wall-state.ts';

type Props = { ofClass: number; person: string; learner: WallLearner; lesson: string; told: Told };

export function LearnerActions({ ofClass, person, learner, lesson, told }: Props) {
  const asks = useSignal(false);
  const chosen = useSignal('');
  const done = useSignal(false);
  const { problem, act } = useActing();
  const texts = roomTexts.wall.actions;
  const { name } = learner;
  const steps = told.lessons.find(({ slug }) => slug === lesson)?.steps ?? [];
  const open = steps.filter(({ id }) => id !== learner.step && learner.steps[lesson]?.[id]?.mark !== 'passed');
  const step = open.find(({ id }) => id === chosen.value) ?? open[0];
  const take = async (what: Promise<null>) => {
    done.value = false;
    done.value = await act(what);
  };
  return (
    <section class="wall-help" aria-label={texts.heading({ name })}>
      {step && (
        <form
          class="wall-move"
          onSubmit={(event) => {
            event.preventDefault();
            void take(moveTo(ofClass, person, lesson, step.id));
          }}
        >
          <select
            class="text-field"
            aria-label={texts.step}
            value={step.id}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value;
            }}
          >
            {open.map(({ id, title }) => (
              <option key={id} value={id} lang="en" translate={false}>
                {title}
              </option>
            ))}
          </select>
          <button type="submit" class="button">
            {texts.move}
          </button>
        </form>
      )}
      <button type="button" class="button" onClick={() => void take(extendFor(ofClass, person))}>
        {texts.extend}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          asks.value = true;
        }}
      >
        {texts.restart}
      </button>
      <span role="status">{done.value && texts.done({ name })}</span>
      {problem.value && <ProblemNotice problem={problem.value} />}
      {asks.value && (
        <Question
          heading={texts.restartHeading({ name })}
          confirm={texts.restartConfirm}
          onConfirm={async () => {
            await startAgainFor(ofClass, person, lesson);
            asks.value = false;
            done.value = true;
          }}
          onClose={() => {
            asks.value = false;
          }}
        >
          <p>{texts.restartText({ name, lesson: titleOf(told, lesson, null) })}</p>
        </Question>
      )}
    </section>
  );
}
