// In the bar of a teacher who tries a class as a learner does: that it is so, and the end of it.

import { useSignal } from '@preact/signals';
import { meSchema } from '../../../protocol/classroom.ts';
import { routes } from '../../../protocol/http.ts';
import { type ApiProblem, asProblem, request } from '../api.ts';
import { roomTexts } from '../room-texts.ts';
import { classPath } from '../router.ts';
import { BroadcastOfDryRun } from '../wall/broadcast-of-dry-run.tsx';
import { BriefProblem } from './brief-problem.tsx';
import { here } from './here.ts';

export function DryRunBadge() {
  const problem = useSignal<ApiProblem | null>(null);
  const tried = here.value?.me?.dryRun;
  if (!tried) return null;
  const words = roomTexts.dryRun;
  const end = () =>
    request(meSchema, 'POST', routes.endDryRun).then(
      // Loaded anew: nothing of it stays in the page.
      () => location.assign(classPath(tried.id)),
      (error) => {
        problem.value = asProblem(error);
      },
    );
  return (
    <>
      <button type="button" class="badge" popovertarget="dry-run">
        {words.badge}
      </button>
      <div id="dry-run" class="popover" popover="auto">
        <h2>{words.heading({ name: tried.name })}</h2>
        <p>{words.text}</p>
        <button type="button" class="button" onClick={() => void end()}>
          {words.end}
        </button>
        {problem.value && <BriefProblem problem={problem.value} />}
      </div>
      <BroadcastOfDryRun ofClass={tried.id} />
    </>
  );
}
