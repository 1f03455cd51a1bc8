// The lesson's steps: which one is unfolded, and the move to the next one after a pass has been seen.

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Lesson } from '../../../protocol/lesson.ts';
import { stepState, untouched } from '../progress.ts';
import { texts } from '../texts.ts';
import { noVerdict, passedVerdict, type ShownVerdict } from '../verdicts.ts';
import type { LessonRun } from './lesson-run.ts';
import { StepCard } from './step-card.tsx';
import { bringUp, glide, reveal, topOf } from './step-motion.ts';

/** How long a passed step stays open with its verdict. */
const LINGER_MS = 1600;

type Props = { run: LessonRun; lesson: Lesson; pane: { current: HTMLElement | null } };

export function StepList({ run, lesson, pane }: Props) {
  const progress = run.progress.value ?? untouched(null);
  const { current } = progress;
  const list = useRef<HTMLOListElement>(null);
  /** The step that the page has moved to; for a moment after a pass, the one before `current`. */
  const shown = useSignal(current);
  const open = useSignal<ReadonlySet<string>>(new Set(current ? [current] : []));
  /** A passed step with quizzes: it stays until the learner has read why, and goes on. */
  const resting = useSignal<string | null>(null);
  const topBefore = useRef<number | null>(null);

  const target = (step: string | null): HTMLElement | null =>
    step === null
      ? (pane.current?.querySelector<HTMLElement>('.lesson-end') ?? null)
      : (list.current?.querySelector<HTMLElement>(`[data-step="${step}"]`) ?? null);

  useLayoutEffect(() => {
    const begun = Object.keys(progress.marks).length > 0;
    if (begun && pane.current) reveal(pane.current, target(current));
  }, []);

  useEffect(() => {
    if (shown.peek() === current) return;
    const from = shown.peek();
    const passed = from !== null && progress.marks[from] === 'passed';
    if (passed && resting.peek() !== from && lesson.steps.find(({ id }) => id === from)?.quizzes.length) {
      resting.value = from;
      return;
    }
    const timer = setTimeout(move, passed && resting.peek() !== from ? LINGER_MS : 0);
    return () => clearTimeout(timer);
  }, [current]);

  const last = current === null ? null : (run.verdicts.value[current]?.last ?? null);
  const said = last?.state;
  const firstWords = useRef(true);
  useLayoutEffect(() => {
    const busyReading = document.activeElement?.closest('.quizzes, .evidence, .report') ?? null;
    if (!firstWords.current && last && pane.current && shown.peek() === current && !busyReading)
      bringUp(pane.current, target(current)?.querySelector<HTMLElement>('.verdict') ?? null);
    firstWords.current = false;
  }, [said, last?.message]);
  useEffect(() => {
    // Who works on the next step already must see what is missing there.
    if (resting.peek() !== null && (said === 'fail' || said === 'error')) move();
  }, [said]);

  const move = () => {
    topBefore.current = topOf(target(current));
    shown.value = current;
    resting.value = null;
    open.value = new Set(current ? [current] : []);
  };

  useLayoutEffect(() => {
    if (topBefore.current === null || !pane.current) return;
    const element = target(shown.value);
    const hadFocus = document.activeElement === document.body || document.activeElement?.closest('.step-list');
    glide(pane.current, element, topBefore.current);
    topBefore.current = null;
    if (hadFocus) element?.querySelector<HTMLElement>('h2 button, h2[tabindex]')?.focus({ preventScroll: true });
  }, [shown.value]);

  const verdictOf = (step: string): ShownVerdict => {
    const verdict = run.verdicts.value[step] ?? noVerdict;
    // The server may have gone on to the next step's check before it said a word on this one.
    const passed = progress.checked.includes(step) || (progress.marks[step] === 'passed' && current !== step);
    return passed && verdict.last?.state !== 'pass' ? passedVerdict : verdict;
  };

  const toggle = (step: string) => {
    const next = new Set(open.value);
    if (!next.delete(step)) next.add(step);
    open.value = next;
  };

  return (
    <ol ref={list} class="step-list" aria-label={texts.lesson.steps}>
      {lesson.steps.map((step, index) => (
        <StepCard
          key={step.id}
          run={run}
          step={step}
          number={index + 1}
          state={stepState(progress, step.id)}
          open={open.value.has(step.id)}
          onGoOn={resting.value === step.id && shown.value === step.id ? move : null}
          leaving={shown.value === step.id && current !== step.id}
          verdict={verdictOf(step.id)}
          onToggle={() => toggle(step.id)}
        />
      ))}
    </ol>
  );
}
