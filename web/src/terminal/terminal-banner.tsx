// What lies over the terminal while it cannot be used as usual: why, and what to do.

import type { ComponentChildren } from 'preact';
import { ApiProblem } from '../api.ts';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Message } from '../message.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { texts } from '../texts.ts';
import { isCutOff } from './terminal-link.ts';
import { TimeLeft } from './time-left.tsx';

export function TerminalBanner({ run, missing }: { run: LessonRun; missing: boolean }) {
  const content = bannerOf(run, missing);
  return (
    <div class="terminal-banner" role="status" data-empty={content === null}>
      {content}
    </div>
  );
}

function bannerOf(run: LessonRun, missing: boolean): ComponentChildren {
  const link = run.link.state.value;
  const opening = run.opening.value;
  const reopen = () => void run.open();
  const reload = () => location.reload();
  if (missing) {
    const problem = new ApiProblem('terminal-missing', texts.terminal.missing, texts.problems.unreachable.next);
    return <ProblemNotice quiet problem={problem} onRetry={reload} retryLabel={texts.terminal.reload} />;
  }
  if (opening.state === 'failed') return <ProblemNotice quiet problem={opening.problem} onRetry={reopen} />;
  if (opening.state === 'opening') return null;
  if (run.setup.value?.state === 'waiting' && !isCutOff(link)) return null;
  const time = run.session.value?.time;
  if (time?.state === 'ended') {
    return offer(
      `${texts.terminal.time.ended[time.why]} ${texts.terminal.time.keeps}`,
      texts.terminal.time.goOn,
      reopen,
    );
  }
  if (link.state === 'taken-over') return offer(texts.terminal.takenOver, texts.terminal.useHere, reopen);
  if (link.state === 'refused') return offer(texts.terminal.refused, texts.terminal.reload, reload);
  if (link.state === 'cut-off') return offer(texts.terminal.cutOff[link.why], texts.terminal.goOn, reopen);
  const mishap = run.session.value?.mishap;
  if (mishap === 'restarting') return <p>{texts.terminal.mishap.restarting}</p>;
  if (link.state === 'lost') {
    return (
      <p>
        <strong>
          {link.message ? (
            <span lang={SERVER_LANGUAGE}>
              <Message text={link.message} />
            </span>
          ) : (
            texts.terminal.lost
          )}
        </strong>
        {` ${texts.terminal.typed[link.typed]}`.trimEnd()}
      </p>
    );
  }
  if (time?.state === 'ending') return <TimeLeft run={run} ending={time} />;
  if (mishap) return <Told text={texts.terminal.mishap[mishap]} />;
  return null;
}

function Told({ text }: { text: string }) {
  return (
    <p>
      <Message text={text} />
    </p>
  );
}

function offer(message: string, label: string, action: () => void): ComponentChildren {
  return (
    <>
      <Told text={message} />
      <button type="button" class="button" onClick={action}>
        {label}
      </button>
    </>
  );
}
