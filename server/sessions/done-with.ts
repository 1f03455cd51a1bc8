// What of a pass's evidence is told at the end of a lesson: the learner's own command, and the digests that came of it.

import type { DoneStep, Evidence } from '../../protocol/session.ts';

const DIGEST = /\bsha256:[0-9a-f]{64}\b/g;
/** A list of layers is not what somebody looks for. */
const MAX_DIGESTS = 3;

export function doneWith(step: string, { atMs, command, facts }: Evidence): DoneStep {
  const printed = command?.output.match(DIGEST) ?? [];
  const seen = printed.length > 0 ? printed : facts.flatMap(({ answer }) => answer.match(DIGEST) ?? []);
  return { step, atMs, command: command?.line ?? null, digests: [...new Set(seen)].slice(0, MAX_DIGESTS) };
}
