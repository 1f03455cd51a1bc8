// One thing that Slipway needs of its host: how it stands, why it matters, and what mends it.

export interface Need {
  id: string;
  title: string;
  state: 'ok' | 'warn' | 'fail';
  /** What there is, in a few words. */
  found: string;
  why: string;
  /** Empty where nothing is to be done. */
  fix: string;
}

export type NeedBase = Pick<Need, 'id' | 'title' | 'why'>;

export const ok = (base: NeedBase, found: string): Need => ({ ...base, state: 'ok', found, fix: '' });
export const warn = (base: NeedBase, found: string, fix: string): Need => ({ ...base, state: 'warn', found, fix });
export const fail = (base: NeedBase, found: string, fix: string): Need => ({ ...base, state: 'fail', found, fix });

const SIGNS = { ok: '✓', warn: '!', fail: '✗' };

/** For a terminal: a line for what is well, and what to do about the rest. */
export function needText({ state, title, found, why, fix }: Need): string {
  const line = `  ${SIGNS[state]} ${title}: ${found}`;
  return state === 'ok' ? line : `${line}\n      Why it matters: ${why}\n      What to do: ${fix}`;
}

/** The last line of the report. */
export function summaryOf(needs: readonly Need[]): string {
  const count = (state: Need['state']) => needs.filter((need) => need.state === state).length;
  const [failed, warned] = [count('fail'), count('warn')];
  if (failed > 0) return `Slipway cannot run here yet: ${failed} of ${needs.length} needs are not met.`;
  if (warned > 0) return `Slipway runs here; ${warned} of ${needs.length} could be better.`;
  return `Slipway runs here: all ${needs.length} needs are met.`;
}
