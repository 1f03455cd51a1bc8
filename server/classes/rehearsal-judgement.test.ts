import { expect, it } from 'vitest';
import { type Judged, judgeRehearsal } from './rehearsal-judgement.ts';

const GIB = 2 ** 30;

/** Thirty for whom all went well. */
function seen(changed: Partial<Judged> = {}): Judged {
  return {
    lesson: 'the-round-trip',
    learners: 30,
    startedMs: 0,
    endedMs: 1,
    inUse: 0,
    got: 30,
    waitMs: { first: 900, median: 20_000, last: 45_000 },
    short: null,
    lost: 0,
    commands: { tried: 300, succeeded: 300 },
    steps: { tried: 240, passed: 240 },
    verdictMs: { p50: 40, p95: 210 },
    before: { memoryBytes: 8 * GIB, diskBytes: 100 * GIB },
    lowest: { memoryBytes: 5 * GIB, diskBytes: 90 * GIB },
    kept: { memoryBytes: GIB, diskBytes: GIB },
    pressure: 0.4,
    ...changed,
  };
}

it('fits where nothing speaks against it', () => {
  expect(judgeRehearsal(seen())).toEqual({ fits: 'yes', most: null, reasons: [] });
  expect(judgeRehearsal(seen({ pressure: null, before: { memoryBytes: null, diskBytes: null } })).fits).toBe('yes');
});

it('is tight at each limit, and not before it', () => {
  const tight: [Partial<Judged>, Partial<Judged>, string][] = [
    [{ verdictMs: { p50: 40, p95: 501 } }, { verdictMs: { p50: 40, p95: 500 } }, 'verdicts'],
    [{ steps: { tried: 240, passed: 239 } }, { steps: { tried: 240, passed: 240 } }, 'steps'],
    [{ waitMs: { first: 1, median: 2, last: 120_001 } }, { waitMs: { first: 1, median: 2, last: 120_000 } }, 'wait'],
    [{ pressure: 0.91 }, { pressure: 0.9 }, 'processors'],
    // 6 GiB taken, and room for less than a fifth of it.
    [
      { lowest: { memoryBytes: 2 * GIB, diskBytes: null } },
      { lowest: { memoryBytes: 2.3 * GIB, diskBytes: null } },
      'memory',
    ],
    [
      { lowest: { memoryBytes: null, diskBytes: 17 * GIB } },
      { lowest: { memoryBytes: null, diskBytes: 18 * GIB } },
      'disk',
    ],
  ];
  for (const [over, under, reason] of tight) {
    expect(judgeRehearsal(seen(over)), reason).toEqual({ fits: 'tight', most: null, reasons: [reason] });
    expect(judgeRehearsal(seen(under)).fits, reason).toBe('yes');
  }
});

it('says about how many would fit, by what leaves the fewest', () => {
  const no = (changed: Partial<Judged>) => judgeRehearsal(seen(changed));
  expect(no({ got: 22, short: 'memory' })).toEqual({ fits: 'no', most: 22, reasons: ['computers'] });
  expect(no({ lost: 2 })).toEqual({ fits: 'no', most: 28, reasons: ['lost'] });
  expect(no({ verdictMs: { p50: 900, p95: 4_000 } })).toEqual({ fits: 'no', most: 15, reasons: ['verdicts'] });
  expect(no({ steps: { tried: 200, passed: 150 } })).toEqual({ fits: 'no', most: 22, reasons: ['steps'] });
  expect(no({ got: 20, pressure: 1, steps: { tried: 100, passed: 50 } })).toEqual({
    fits: 'no',
    most: 10,
    reasons: ['computers', 'steps', 'processors'],
  });
});

it('says none where nobody got a computer', () => {
  const nothing = { got: 0, waitMs: null, verdictMs: null, pressure: null, steps: { tried: 0, passed: 0 } };
  expect(judgeRehearsal(seen({ ...nothing, short: 'full' }))).toEqual({ fits: 'no', most: 0, reasons: ['computers'] });
});
