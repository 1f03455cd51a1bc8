// What somebody asked the server to do by a button, and what stood in its way.

import { type ReadonlySignal, useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api.ts';

interface Acting {
  /** Of the newest request; null while it went well or goes on. */
  problem: ReadonlySignal<ApiProblem | null>;
  /** Whether it went well. */
  act: (what: Promise<unknown>) => Promise<boolean>;
}

export function useActing(): Acting {
  const problem = useSignal<ApiProblem | null>(null);
  const act = async (what: Promise<unknown>) => {
    problem.value = null;
    await what.catch((error) => {
      problem.value = asProblem(error);
    });
    return problem.peek() === null;
  };
  return { problem, act };
}
