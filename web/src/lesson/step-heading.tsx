// A step's dot on the rail and its heading, which say how far it is.

import { Icon } from '../parts/icons.tsx';
import { useLessonLanguage } from '../parts/text-language.ts';
import type { StepState } from '../progress.ts';
import { texts } from '../texts.ts';

type Props = {
  number: number;
  title: string;
  state: StepState;
  /** Its solution was typed for the learner. */
  shown: boolean;
  open: boolean;
  /** Id of what it folds. */
  body: string;
  onToggle: () => void;
};

export function StepHeading({ number, title, state, shown, open, body, onToggle }: Props) {
  const mark = state === 'skipped' ? texts.step.states.skipped : shown ? texts.step.shown : null;
  return (
    <>
      <span class="step-dot" aria-hidden="true">
        {state === 'passed' ? <Icon name="check" /> : state === 'skipped' ? <Icon name="skip" /> : number}
      </span>
      <h2>
        <button type="button" class="step-heading" aria-expanded={open} aria-controls={body} onClick={onToggle}>
          <span class="visually-hidden">{`${texts.step.number({ n: number })}: `}</span>
          <span class="step-title" lang={useLessonLanguage()}>
            {title}
          </span>
          <span class="visually-hidden">{`, ${texts.step.states[state]}${shown ? `, ${texts.step.shown}` : ''}`}</span>
          {mark && (
            <span class="step-mark" aria-hidden="true">
              {mark}
            </span>
          )}
          <Icon name="chevron" />
        </button>
      </h2>
    </>
  );
}
