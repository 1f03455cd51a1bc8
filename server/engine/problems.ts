// What can be wrong with a sandbox's engine, in words for the learner: it is theirs, and they may have ended or replaced it.

import { SlipwayError } from '../errors.ts';

const MAX_REASON = 300;

/** Nothing listens, or the connection ended before the answer did. */
export function engineAway(cause: unknown): SlipwayError {
  return new SlipwayError('engine-away', "your computer's Docker engine is not running at the moment", {
    next: 'It is started again by itself, and this is tried again as soon as it is back.',
    cause,
  });
}

export function engineHangs(withinMs: number): SlipwayError {
  return new SlipwayError('engine-hangs', `your computer's Docker engine gave no answer in ${withinMs / 1000} s`, {
    next: 'This is tried again by itself. If it stays like this, start again with a fresh sandbox.',
  });
}

/** It is no HTTP, no JSON, too large, or not of the shape that Docker's answers have. */
export function engineOdd(what: string, cause?: unknown): SlipwayError {
  return new SlipwayError('engine-odd', `your computer's Docker engine answered with ${what}`, {
    next: 'If something else was put in its place, take it away, or start again with a fresh sandbox.',
    cause,
  });
}

/** `reason` is the engine's own text. */
export function engineRefused(reason: string): SlipwayError {
  const plain = reason.slice(0, 4 * MAX_REASON).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return new SlipwayError('engine-refused', `your computer's Docker engine says: ${plain.slice(0, MAX_REASON)}`, {
    next: 'Try again, or start again with a fresh sandbox.',
  });
}
