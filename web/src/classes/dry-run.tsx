// Begins a dry run of a class from its page.

import { useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { beginDryRun } from './class-api.ts';

export function DryRun({ id }: { id: number }) {
  const problem = useSignal<ApiProblem | null>(null);
  const words = roomTexts.dryRun;
  const begin = () =>
    beginDryRun(id).then(
      () => location.assign('/'),
      (error) => {
        problem.value = asProblem(error);
      },
    );
  return (
    <section aria-labelledby="dry-run-of-class">
      <h2 id="dry-run-of-class">{words.badge}</h2>
      <p>{words.intro}</p>
      <button type="button" class="button" onClick={() => void begin()}>
        {words.begin}
      </button>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </section>
  );
}
