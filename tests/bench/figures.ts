// Times and their percentiles, as a line of a report.

import { percentile } from '../../server/percentile.ts';

export { percentile };

export async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function row(name: string, values: readonly number[], baseline: number): string {
  const p50 = percentile(values, 50);
  const times = `p50 ${p50.toFixed(1)} ms, p95 ${percentile(values, 95).toFixed(1)} ms of ${values.length}`;
  return `${name.padEnd(42)} ${times}  (${(p50 / baseline).toFixed(2)} × baseline)`;
}

/** To so many digits behind the point. */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** As JSON, or a line each. */
export function showFigures(figures: Record<string, number>, json: boolean): void {
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(20)} ${value}`);
  console.log(json ? JSON.stringify(figures) : lines.join('\n'));
}

/** Nothing for so long; not at all below nought. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
