// Shows a failed request: what happened, what to do next, and a way to do it.

import { useEffect } from 'preact/hooks';
import type { ApiProblem } from '../api.ts';
import { Message } from '../message.tsx';
import { texts } from '../texts.ts';
import { offline, whenOnline } from './online.ts';
import { useTitle } from './title.ts';
import { TopBar } from './top-bar.tsx';

type Props = {
  problem: ApiProblem;
  onRetry?: (() => void) | undefined;
  retryLabel?: string;
  onDismiss?: () => void;
  /** Of what to do next, where it is not the message's. */
  nextLanguage?: string;
  /** True where what stands around it is announced already. */
  quiet?: boolean;
};

export function ProblemNotice({ problem, onRetry, retryLabel = texts.retry, onDismiss, nextLanguage, quiet }: Props) {
  const isOfLine = problem.code === 'offline' || problem.code === 'unreachable';
  useEffect(() => {
    if (!isOfLine || !onRetry) return undefined;
    // The network was back before this was shown.
    if (problem.code === 'offline' && !offline()) onRetry();
    return whenOnline(onRetry);
  }, [problem, isOfLine]);
  return (
    <div class="notice" role={quiet ? undefined : 'alert'} data-code={problem.code}>
      <p class="notice-message" lang={problem.language}>
        <Message text={problem.message} />
      </p>
      <p lang={nextLanguage ?? problem.language}>
        <Message text={problem.next} />
      </p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {retryLabel}
        </button>
      )}
      {onDismiss && (
        <button type="button" class="quiet-button" onClick={onDismiss}>
          {texts.dismiss}
        </button>
      )}
    </div>
  );
}

/** A problem that leaves nothing else to show. */
export function ProblemPage({ problem, onRetry }: Pick<Props, 'problem' | 'onRetry'>) {
  useTitle(problem.status === 404 ? '404' : texts.name);
  return (
    <>
      <TopBar />
      <main class="problem-page" id="content" tabIndex={-1}>
        <h1>{problem.status === 404 ? '404' : texts.name}</h1>
        <ProblemNotice problem={problem} onRetry={problem.status === 404 ? undefined : onRetry} />
        <p>
          <a href="/">{texts.lesson.all}</a>
        </p>
      </main>
    </>
  );
}
