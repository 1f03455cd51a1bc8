// The rehearsal of a class: begun, watched and stopped here, and what the newest one showed.

import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { RehearsalAsk, RehearsalView } from '../../../protocol/rehearsal.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { beginRehearsal, getRehearsal, stopRehearsal } from './class-api.ts';
import { RehearsalResult } from './rehearsal-result.tsx';
import type { Shown } from './shown.ts';
import { useTold } from './told.ts';

const LOOK_MS = 1_000;
/** Of a class that nobody is in yet. */
const USUAL_LEARNERS = 20;

export function Rehearsal({ shown: { one, lessons } }: { shown: Shown }) {
  const { told: view, problem, take } = useTold<RehearsalView>();
  /** What learners at work stand in the way of. */
  const held = useSignal<RehearsalAsk | null>(null);
  useEffect(() => void take(getRehearsal(one.id)), [one.id]);
  const isRunning = view.value?.last?.state === 'running';
  useEffect(() => {
    if (!isRunning) return;
    // A figure that does not come is asked for again.
    const looking = setInterval(() => {
      getRehearsal(one.id).then(
        (told) => {
          view.value = told;
        },
        () => {},
      );
    }, LOOK_MS);
    return () => clearInterval(looking);
  }, [one.id, isRunning]);
  const begin = async (ask: RehearsalAsk) => {
    held.value = null;
    await take(beginRehearsal(one.id, ask));
    if (problem.peek()?.code === 'learners-at-work') held.value = ask;
  };
  const { value } = view;
  const words = roomTexts.rehearsal;
  const taken = lessons.filter(({ steps }) => steps.length > 0);
  const lesson = taken.find(({ slug }) => slug === value?.last?.lesson);
  const again = held.value;
  return (
    <section aria-labelledby="rehearsal">
      <h2 id="rehearsal">{words.heading}</h2>
      <p>{words.intro}</p>
      {value?.last && !isRunning && <RehearsalResult last={value.last} lesson={lesson ?? null} ofClass={one.id} />}
      {value?.last && isRunning && (
        <div class="rehearsal-running">
          <Progress last={value.last} steps={value.last.learners * (lesson?.steps.length ?? 0)} />
          <button
            type="button"
            class="button"
            disabled={value.last.stoppedFor !== null}
            onClick={() => void take(stopRehearsal(one.id))}
          >
            {value.last.stoppedFor === null ? words.stop : words.stopping}
          </button>
        </div>
      )}
      {value && !isRunning && taken.length > 0 && (
        <BeginForm
          most={value.most}
          usual={value.last?.learners ?? (one.learners || USUAL_LEARNERS)}
          lessons={taken}
          chosen={(lesson ?? taken[0])?.slug ?? ''}
          isElsewhere={value.elsewhere}
          onBegin={begin}
        />
      )}
      {problem.value && (
        <ProblemNotice
          problem={problem.value}
          onRetry={again ? () => void begin({ ...again, besideLearners: true }) : undefined}
          retryLabel={words.allTheSame}
        />
      )}
    </section>
  );
}

type FormProps = {
  most: number;
  usual: number;
  lessons: Shown['lessons'];
  chosen: string;
  isElsewhere: boolean;
  onBegin: (ask: RehearsalAsk) => Promise<void>;
};

function BeginForm({ most, usual, lessons, chosen, isElsewhere, onBegin }: FormProps) {
  const learners = useSignal(String(Math.min(usual, most)));
  const lesson = useSignal(chosen);
  const id = useId();
  const words = roomTexts.rehearsal;
  return (
    <form
      class="rehearsal-form"
      onSubmit={(event) => {
        event.preventDefault();
        void onBegin({ learners: Number(learners.peek()), lesson: lesson.peek() });
      }}
    >
      <div class="field">
        <label for={`${id}-learners`}>{words.learners}</label>
        <input
          id={`${id}-learners`}
          class="text-field"
          type="number"
          required
          min={1}
          max={most}
          value={learners.value}
          onInput={({ currentTarget }) => {
            learners.value = currentTarget.value;
          }}
        />
        <span class="field-hint">{words.most({ n: most })}</span>
      </div>
      <div class="field">
        <label for={`${id}-lesson`}>{words.lesson}</label>
        <select
          id={`${id}-lesson`}
          class="text-field"
          value={lesson.value}
          onChange={({ currentTarget }) => {
            lesson.value = currentTarget.value;
          }}
        >
          {lessons.map(({ slug, title, language }) => (
            <option key={slug} value={slug} lang={language}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="button" disabled={isElsewhere}>
        {words.begin}
      </button>
      {isElsewhere && <p class="field-hint">{words.elsewhere}</p>}
    </form>
  );
}

function Progress({ last, steps }: { last: NonNullable<RehearsalView['last']>; steps: number }) {
  const words = roomTexts.rehearsal.progress;
  const { got, learners, startedMs } = last;
  const bars = [
    { name: words.computers({ n: got, m: learners }), is: got, of: learners },
    { name: words.steps({ n: last.steps.passed, m: steps }), is: last.steps.passed, of: steps },
  ];
  return (
    <>
      {bars.map(({ name, is, of }) => (
        <label key={of === learners ? 'computers' : 'steps'} class="rehearsal-bar">
          <span>{name}</span>
          <progress value={is} max={Math.max(1, of)} />
        </label>
      ))}
      <p class="field-hint">{words.elapsed({ n: Math.max(0, Math.round((Date.now() - startedMs) / 1_000)) })}</p>
    </>
  );
}
