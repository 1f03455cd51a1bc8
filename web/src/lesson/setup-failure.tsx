// Tells that a lesson's set-up failed, which is ours, and tries it again.

import { useSignal } from '@preact/signals';
import { ApiProblem } from '../api.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { texts } from '../texts.ts';
import type { LessonRun } from './lesson-run.ts';

export function SetupFailure({ run }: { run: LessonRun }) {
  const busy = useSignal(false);
  const setup = run.setup.value;
  if (setup?.state !== 'failed' || busy.value) return null;
  const retry = async () => {
    busy.value = true;
    await run.retrySetup();
    busy.value = false;
  };
  const problem = new ApiProblem('setup-failed', texts.lesson.setupFailed, setup.message);
  return (
    <div class="pane-problem">
      <ProblemNotice problem={problem} nextLanguage={SERVER_LANGUAGE} onRetry={() => void retry()} />
    </div>
  );
}
