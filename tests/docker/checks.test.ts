// The checks that no lesson of the course has, proven as a lesson's are: on a real engine and a real registry, before and
// after the solution, after its mutants, and with the words for each wrong attempt.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { ProofRow } from '../../server/sessions/proof.ts';

/** Twelve steps, with all of their mutants and wrong attempts in the soak: minutes, and a busy machine takes its time. */
const PROOF_MS = 20 * 60_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const lessonsDir = fileURLToPath(new URL('lessons', import.meta.url));

it('are proven', { timeout: PROOF_MS }, async ({ signal }) => {
  const env = { ...process.env, SLIPWAY_LESSONS_DIR: lessonsDir, SLIPWAY_OFFLINE: 'true' };
  const args = ['server/cli/lessons.ts', 'test', '--json', '--one-in', process.env.SLIPWAY_SOAK ? '1' : '4'];
  // With claims that don't hold it ends with 1, and the rows tell which.
  const options = { cwd: root, env, maxBuffer: 16 << 20, signal, killSignal: 'SIGINT' as const };
  const { stdout } = await promisify(execFile)(process.execPath, args, options).catch(
    (error: { stdout?: string; code?: number }) => {
      if (error.code === 1 && error.stdout?.startsWith('[')) return { stdout: error.stdout };
      throw error;
    },
  );
  const rows = JSON.parse(stdout) as ProofRow[];
  expect(rows).toHaveLength(12);
  for (const { step, freshFails, solutionPasses, mutants, wrong } of rows) {
    expect({ step, freshFails, solutionPasses }).toEqual({ step, freshFails: true, solutionPasses: true });
    expect([...mutants, ...wrong].filter(({ ok }) => !ok)).toEqual([]);
  }
});
