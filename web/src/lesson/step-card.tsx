// One step: its heading folds and unfolds it, and below the text stand its verdict, its hints and what can be done.

import type { Lesson } from '../../../protocol/lesson.ts';
import { Icon } from '../parts/icons.tsx';
import type { StepState } from '../progress.ts';
import { texts } from '../texts.ts';
import type { ShownVerdict } from '../verdicts.ts';
import { Hints } from './hints.tsx';
import { LessonHtml } from './lesson-html.tsx';
import type { LessonRun } from './lesson-run.ts';
import { VerdictRegion } from './verdict-region.tsx';

type Props = {
  run: LessonRun;
  step: Lesson['steps'][number];
  number: number;
  state: StepState;
  open: boolean;
  /** Passed a moment ago; about to fold. */
  leaving: boolean;
  verdict: ShownVerdict;
  onToggle: () => void;
};

export function StepCard({ run, step, number, state, open, leaving, verdict, onToggle }: Props) {
  const body = `step-${step.id}`;
  return (
    <li class="step" data-step={step.id} data-state={state} data-open={open}>
      <span class="step-dot" aria-hidden="true">
        {state === 'passed' ? <Icon name="check" /> : state === 'skipped' ? <Icon name="skip" /> : number}
      </span>
      <h2>
        <button type="button" class="step-heading" aria-expanded={open} aria-controls={body} onClick={onToggle}>
          <span class="visually-hidden">{texts.step.number(number)}: </span>
          <span class="step-title">{step.title}</span>
          <span class="visually-hidden">, {texts.step.states[state]}</span>
          {state === 'skipped' && (
            <span class="step-mark" aria-hidden="true">
              {texts.step.states.skipped}
            </span>
          )}
          <Icon name="chevron" />
        </button>
      </h2>
      <div id={body} class="step-body" hidden={!open}>
        <LessonHtml html={step.html} run={run} />
      </div>
      <VerdictRegion verdict={verdict} current={state === 'current' && open} folded={!open} />
      <div class="step-after" hidden={!open} data-leaving={leaving}>
        <Hints hints={step.hints} run={run}>
          {state === 'current' || leaving ? (
            <button type="button" class="quiet-button" onClick={() => void run.skip(step.id)}>
              {texts.step.skip}
            </button>
          ) : (
            <button type="button" class="button" onClick={() => void run.workOn(step.id)}>
              {texts.step.workOn}
            </button>
          )}
        </Hints>
      </div>
    </li>
  );
}
