// A failed request where there is room for a paragraph only: in what opens from the bar.

import type { ApiProblem } from '../api.ts';
import { Message } from '../message.tsx';

export function BriefProblem({ problem: { message, next, language } }: { problem: ApiProblem }) {
  return (
    <p class="notice" role="alert" lang={language}>
      <Message text={`${message} ${next}`} />
    </p>
  );
}
