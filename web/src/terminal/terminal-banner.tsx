// What lies over the terminal while it cannot be used as usual: why, and what to do. A card where nothing of the terminal is of
// use any more, a banner where it is.

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Message } from '../message.tsx';
import { useLate } from '../parts/late.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { texts } from '../texts.ts';
import { LineAway } from './line-away.tsx';
import { MishapNotice } from './mishap-notice.tsx';
import { StateCard } from './state-card.tsx';
import { isCutOff } from './terminal-link.ts';
import { TimeLeft } from './time-left.tsx';

/** Until then nothing is said of a start: most are over. */
const SLOW_MS = 8_000;

type Content = { shape: 'card' | 'banner'; content: ComponentChildren } | null;

type Props = { run: LessonRun; missing: boolean; onNotice: (text: string) => void };

export function TerminalBanner({ run, missing, onNotice }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const isSlow = useLate(SLOW_MS, isStarting(run));
  const shown = contentOf({ run, missing, onNotice }, isSlow);
  const hadFocus = host.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    // The button that was pressed is gone; focus must not go with it.
    if (!hadFocus || host.current?.contains(document.activeElement)) return;
    const next = host.current?.querySelector<HTMLElement>('button');
    if (next) next.focus();
    else run.focusTerminal();
  });
  useLayoutEffect(() => {
    // Below a card the terminal takes no keys, and Tab would not lead out of it.
    if (document.activeElement?.closest('.terminal-host')) host.current?.querySelector<HTMLElement>('h2')?.focus();
  }, [shown?.shape]);
  return (
    <div
      ref={host}
      class="terminal-banner"
      role="status"
      data-empty={shown === null}
      data-shape={shown?.shape ?? 'banner'}
    >
      {shown?.content}
    </div>
  );
}

function isStarting(run: LessonRun): boolean {
  const { state } = run.opening.value;
  if (state === 'opening') return true;
  return state === 'open' && run.setup.value?.state !== 'waiting' && run.link.state.value.state === 'connecting';
}

function contentOf({ run, missing, onNotice }: Props, isSlow: boolean): Content {
  const words = texts.terminal;
  const link = run.link.state.value;
  const opening = run.opening.value;
  const reopen = () => void run.open();
  const reload = () => location.reload();
  if (missing) return card(<StateCard scene="aground" {...words.missing} label={texts.reload} onAct={reload} />);
  if (opening.state === 'failed')
    return { shape: 'card', content: <ProblemNotice quiet problem={opening.problem} onRetry={reopen} /> };
  if (isSlow) {
    const way = run.panes.lessonShown.value
      ? {}
      : { label: texts.panes.toLesson, onAct: () => run.panes.show('lesson') };
    return card(<StateCard scene="coming" {...words.slow} {...way} />);
  }
  if (opening.state === 'opening') return null;
  if (run.setup.value?.state === 'waiting' && !isCutOff(link)) return null;
  const time = run.session.value?.time;
  if (time?.state === 'ended') {
    const text = `${words.time.ended[time.why]} ${words.time.keeps}`;
    const { heading } = words.time.ended;
    return card(<StateCard scene="gone" heading={heading} text={text} label={words.time.goOn} onAct={reopen} />);
  }
  if (link.state === 'refused')
    return card(<StateCard scene="aground" {...words.refused} label={texts.reload} onAct={reload} />);
  if (link.state === 'cut-off') {
    return banner(
      <>
        <p>
          <Message text={words.cutOff[link.why]} />
        </p>
        <button type="button" class="button" onClick={reopen}>
          {words.goOn}
        </button>
      </>,
    );
  }
  const mishap = run.session.value?.mishap ?? null;
  if (mishap === 'restarting') return banner(<MishapNotice run={run} mishap={mishap} onNotice={onNotice} />);
  if (link.state === 'lost') return banner(<LineAway run={run} lost={link} />);
  if (time?.state === 'ending') return banner(<TimeLeft run={run} ending={time} />);
  if (mishap && run.seenMishap.value !== mishap)
    return banner(<MishapNotice run={run} mishap={mishap} onNotice={onNotice} />);
  return null;
}

const card = (content: ComponentChildren): Content => ({ shape: 'card', content });
const banner = (content: ComponentChildren): Content => ({ shape: 'banner', content });
