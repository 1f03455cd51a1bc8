// What stands in the terminal's place while the learner waits for a computer: their place in line, the wait, and what to do.

import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Setup } from '../../../protocol/session.ts';
import { roughly } from '../amounts.ts';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { texts } from '../texts.ts';

export type Waiting = Extract<Setup, { state: 'waiting' }>;

/** Who waits no longer than this sees only that the computer starts. */
const SOON_MS = 3_000;
/** So many of those before are drawn. */
const MAX_DRAWN = 9;

/** Null where there is nothing to wait for that is worth the words. */
export function waitingIn(setup: Setup | null): Waiting | null {
  if (setup?.state !== 'waiting') return null;
  return setup.why === 'starting' && (setup.waitMs ?? 0) <= SOON_MS ? null : setup;
}

export function WaitingCard({ run }: { run: LessonRun }) {
  const waiting = waitingIn(run.setup.value);
  return (
    <>
      <p class="visually-hidden" role="status">
        {useAloud(waiting)}
      </p>
      {waiting && (
        <Card {...waiting}>
          {!run.panes.lessonShown.value && (
            <button type="button" class="button" onClick={() => run.panes.show('lesson')}>
              {texts.panes.toLesson}
            </button>
          )}
        </Card>
      )}
    </>
  );
}

function Card({ place, waitMs, why, children }: Waiting & { children: ComponentChildren }) {
  const words = texts.terminal.waiting;
  const drawn = Math.min(place - 1, MAX_DRAWN);
  return (
    <section class="waiting" aria-label={words.region}>
      <div class="waiting-card">
        <p class="waiting-why">{words.why[why]}</p>
        <div class="waiting-line" aria-hidden="true">
          <span class="waiting-berth" />
          {Array.from({ length: drawn }, (_, index) => (
            <span key={index} class="waiting-boat" />
          ))}
          {place - 1 > drawn && <span class="waiting-more">…</span>}
          <span class="waiting-boat" data-own="true" />
        </div>
        <h2 class="waiting-place">{words.place({ n: place })}</h2>
        <p class="waiting-time">{waitText(waitMs)}</p>
        <p>{words.meanwhile}</p>
        <p class="waiting-keep">{words.keep}</p>
        {children}
      </div>
    </section>
  );
}

const waitText = (ms: number | null) => (ms === null ? texts.terminal.waiting.unknown : roughly(ms));

/** Read out at first, then each time that the line before has halved: not at every step of a long one. */
function useAloud(waiting: Waiting | null): string {
  const said = useRef<{ place: number; why: string; text: string } | null>(null);
  const words = texts.terminal.waiting;
  if (!waiting) said.current = null;
  else {
    const { place, why, waitMs } = waiting;
    const last = said.current;
    if (!last || last.why !== why || place <= last.place / 2) {
      said.current = { place, why, text: `${words.why[why]} ${words.place({ n: place })}. ${waitText(waitMs)}` };
    }
  }
  return said.current?.text ?? '';
}
