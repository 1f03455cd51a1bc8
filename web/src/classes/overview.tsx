// Of the page of a class: the overview for whoever is responsible, and the link to it.

import { useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { getSharedOverview } from '../record/record-api.ts';
import { roomTexts } from '../room-texts.ts';
import { CopyLink } from './copy-link.tsx';

export function Overview({ id }: { id: number }) {
  const problem = useSignal<ApiProblem | null>(null);
  const words = roomTexts.overview;
  const fail = (error: unknown) => {
    problem.value = asProblem(error);
  };
  const address = async () => {
    problem.value = null;
    const { path } = await getSharedOverview(id);
    return new URL(path, location.origin).href;
  };
  return (
    <section aria-labelledby="overview">
      <h2 id="overview">{words.heading}</h2>
      <p>{words.intro}</p>
      <p class="class-actions">
        <button
          type="button"
          class="button"
          onClick={() => void address().then((found) => location.assign(found), fail)}
        >
          {words.open}
        </button>
        <CopyLink text={words.copy} address={address} onError={fail} />
      </p>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </section>
  );
}
