// The limits of time that the settings mean: none for somebody alone on loopback, where nobody waits for the place.

import { SlipwayError } from '../errors.ts';
import type { LimitPolicy } from './time-limits.ts';

const MINUTE_MS = 60_000;
const SHARED = { idleMinutes: 60, totalMinutes: 480 };

export const NO_LIMITS: LimitPolicy = { idleMs: null, totalMs: null, extensions: 0 };

export interface LimitSettings {
  idleMinutes?: number | undefined;
  totalMinutes?: number | undefined;
  extensions: number;
}

/** Throws SlipwayError `bad-setting` where an idle computer would outlive its time in all. */
export function limitPolicyOf({ idleMinutes, totalMinutes, extensions }: LimitSettings, alone: boolean): LimitPolicy {
  const idle = idleMinutes ?? (alone ? 0 : Math.min(SHARED.idleMinutes, totalMinutes || SHARED.idleMinutes));
  const total = totalMinutes ?? (alone ? 0 : Math.max(SHARED.totalMinutes, idle));
  if (total > 0 && idle > total) {
    throw new SlipwayError('bad-setting', `--idle-minutes ${idle} is longer than --total-minutes ${total}.`, {
      next: 'Make it the shorter of the two, or set one of them to 0, for no limit.',
    });
  }
  return { idleMs: idle * MINUTE_MS || null, totalMs: total * MINUTE_MS || null, extensions };
}
