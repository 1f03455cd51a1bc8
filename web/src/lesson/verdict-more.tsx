// Below a verdict: what it rests on, and one click for who thinks that it is wrong.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Evidence } from '../../../protocol/session.ts';
import { type ApiProblem, asProblem, getEvidence } from '../api.ts';
import { Icon } from '../parts/icons.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { texts } from '../texts.ts';
import type { ShownVerdict } from '../verdicts.ts';
import { EvidenceView } from './evidence-view.tsx';
import type { LessonRun } from './lesson-run.ts';
import { ReportButton } from './report-button.tsx';

type Asked =
  | { state: 'loading' }
  | { state: 'loaded'; evidence: Evidence | null }
  | { state: 'failed'; problem: ApiProblem };

type Props = { run: LessonRun; step: string; verdict: ShownVerdict };

export function VerdictMore({ run, step, verdict: { last, checking } }: Props) {
  const open = useSignal(false);
  const id = `evidence-${step}`;
  const said = `${last?.state} ${last?.message}`;
  return (
    <div class="verdict-more">
      <button
        type="button"
        class="small-button"
        aria-expanded={open.value}
        aria-controls={id}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="chevron" />
        {last?.state === 'pass' ? texts.evidence.whyPassed : texts.evidence.whatSeen}
      </button>
      <ReportButton key={said} run={run} step={step} />
      <div id={id} class="evidence" hidden={!open.value}>
        {open.value && <EvidenceOf run={run} step={step} verdict={`${said} ${checking}`} />}
      </div>
    </div>
  );
}

/** Asks again when the verdict is another one. */
function EvidenceOf({ run, step, verdict }: { run: LessonRun; step: string; verdict: string }) {
  const asked = useSignal<Asked>({ state: 'loading' });
  const ask = () =>
    getEvidence(run.slug, step).then(
      (evidence) => {
        asked.value = { state: 'loaded', evidence };
      },
      (error: unknown) => {
        asked.value = { state: 'failed', problem: asProblem(error) };
      },
    );
  useEffect(() => void ask(), [run, step, verdict]);
  const { value } = asked;
  if (value.state === 'loading') return <p class="evidence-none">{texts.loading}</p>;
  if (value.state === 'failed') return <ProblemNotice problem={value.problem} onRetry={() => void ask()} />;
  if (!value.evidence) return <p class="evidence-none">{texts.evidence.none}</p>;
  return <EvidenceView evidence={value.evidence} />;
}
