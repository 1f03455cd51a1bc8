// While the line to the server is away: that it comes back by itself, what becomes of what is typed, and a way to try at once.

import type { LessonRun } from '../lesson/lesson-run.ts';
import { Message } from '../message.tsx';
import { useLate } from '../parts/late.ts';
import { offline } from '../parts/online.ts';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { texts } from '../texts.ts';
import type { LinkState } from './terminal-link.ts';

/** Longer than a server needs to be started again. */
const LONG_MS = 15_000;

type Props = { run: LessonRun; lost: Extract<LinkState, { state: 'lost' }> };

export function LineAway({ run, lost: { message, typed } }: Props) {
  const words = texts.terminal;
  const isLong = useLate(LONG_MS, message === null);
  if (message !== null) {
    return (
      <p>
        <strong lang={SERVER_LANGUAGE}>
          <Message text={message} />
        </strong>
        {` ${words.typed[typed]}`.trimEnd()}
      </p>
    );
  }
  const why = offline() ? words.lostOffline : isLong ? words.lostLong : words.lostKeeps;
  return (
    <>
      <p>
        <strong>{words.lost}</strong> {`${why} ${words.typed[typed]}`.trimEnd()}
      </p>
      <button type="button" class="button" onClick={() => run.reconnect()}>
        {words.tryNow}
      </button>
    </>
  );
}
