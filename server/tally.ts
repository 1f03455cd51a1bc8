// What happens and is counted: told where it happens, heard by who counts. No text of a learner's is among it.

import { channel } from 'node:diagnostics_channel';

export interface Happenings {
  'sandbox-made': { ms: number };
  /** `ms`: from the command's end, or whatever else made the checks look, to the verdict; null where nobody tried anything. */
  verdict: { state: 'pass' | 'fail' | 'error'; ms: number | null };
  /** `in`: typed; `out`: shown. */
  'terminal-bytes': { direction: 'in' | 'out'; bytes: number };
}

/** Costs next to nothing where nobody hears it. */
export function tell<What extends keyof Happenings>(what: What, about: Happenings[What]): void {
  channel(`slipway:${what}`).publish(about);
}

/** From now on; for as long as the process lives. */
export function hear<What extends keyof Happenings>(what: What, told: (about: Happenings[What]) => void): void {
  channel(`slipway:${what}`).subscribe((about) => told(about as Happenings[What]));
}
