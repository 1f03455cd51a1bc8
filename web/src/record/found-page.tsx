// A page of something that has an address of its own: looked for, found or not.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { ApiProblem, asProblem } from '../api.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';

type Props<T> = {
  class: string;
  heading: string;
  ask: () => Promise<T>;
  children: (found: T) => ComponentChildren;
};

export function FoundPage<T extends object>({ class: name, heading, ask, children }: Props<T>) {
  useTitle(heading);
  const found = useSignal<T | ApiProblem | null>(null);
  const load = async () => {
    found.value = await ask().catch(asProblem);
  };
  useEffect(() => void load(), []);
  const { value } = found;
  return (
    <main class={name} id="content" tabIndex={-1}>
      {value === null ? (
        <Loading shape="page" />
      ) : value instanceof ApiProblem ? (
        <>
          <h1>{heading}</h1>
          <ProblemNotice problem={value} onRetry={value.status === 404 ? undefined : load} />
        </>
      ) : (
        children(value)
      )}
    </main>
  );
}
