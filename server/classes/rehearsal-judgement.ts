// Whether a class fits on this machine, by what its rehearsal showed: docs/operating.md tells these rules.

import type { Rehearsal, RehearsalReason } from '../../protocol/rehearsal.ts';

export type Judged = Omit<Rehearsal, 'state' | 'stoppedFor' | 'judgement'>;

/** A verdict that comes later is felt, and one that is later than that is waited for. */
const FELT_MS = 500;
const SLOW_MS = 2_000;
/** So long the last one may wait for a computer at the beginning. */
const LAST_MS = 120_000;
/** Of the steps so many pass, or the class does not fit. */
const PASSED = 0.95;
/** Room is left for so many more of those who were there, or it is tight. */
const SPARE = 0.2;
const PRESSURE = 0.9;

export function judgeRehearsal(seen: Judged): NonNullable<Rehearsal['judgement']> {
  const { learners, got, lost, steps, verdictMs } = seen;
  const kept = got - lost;
  const passed = steps.tried === 0 ? 1 : steps.passed / steps.tried;
  /** What speaks against all of them, each with about how many it leaves. */
  const against: [RehearsalReason, boolean, number][] = [
    ['computers', got < learners, got],
    ['lost', lost > 0, kept],
    ['steps', passed < PASSED, Math.floor(kept * passed)],
    ['verdicts', (verdictMs?.p95 ?? 0) > SLOW_MS, Math.floor((kept * SLOW_MS) / (verdictMs?.p95 ?? SLOW_MS))],
  ];
  const hard = against.filter(([, is]) => is);
  const reasons = [...new Set([...hard.map(([reason]) => reason), ...tightIn(seen)])];
  const most = Math.max(0, Math.min(...hard.map(([, , leaves]) => leaves)));
  if (hard.length > 0) return { fits: 'no', most, reasons };
  return { fits: reasons.length > 0 ? 'tight' : 'yes', most: null, reasons };
}

function tightIn(seen: Judged): RehearsalReason[] {
  const { got, waitMs, steps, verdictMs, before, lowest, kept, pressure } = seen;
  const isNear = (free: number | null, least: number | null, keep: number) =>
    free !== null && least !== null && least - keep < Math.max(0, free - least) * SPARE;
  const tight: Record<RehearsalReason, boolean> = {
    computers: false,
    lost: false,
    steps: steps.passed < steps.tried,
    verdicts: (verdictMs?.p95 ?? 0) > FELT_MS,
    wait: (waitMs?.last ?? 0) > LAST_MS,
    memory: got > 0 && isNear(before.memoryBytes, lowest.memoryBytes, kept.memoryBytes),
    disk: got > 0 && isNear(before.diskBytes, lowest.diskBytes, kept.diskBytes),
    processors: (pressure ?? 0) > PRESSURE,
  };
  return (Object.keys(tight) as RehearsalReason[]).filter((reason) => tight[reason]);
}
