// Proves a lesson on real sandboxes: each check fails before its step, passes after its solution,
// not after a mutant of it, and says the listed words on each listed wrong attempt.

import type { Lesson } from '../lessons/load.ts';
import { mutantsOf } from '../lessons/mutants.ts';
import type { Attempt } from '../lessons/schema.ts';
import { Trial, type TrialParts } from './trial.ts';

export interface ProofRow {
  lesson: string;
  step: string;
  freshFails: boolean;
  solutionPasses: boolean;
  mutants: { attempt: string; ok: boolean; saw?: string }[];
  wrong: { attempt: string; ok: boolean; saw?: string }[];
}

export interface ProofOptions {
  /** How many sandboxes work at the same time. */
  parallel: number;
  onRow: (row: ProofRow) => void;
}

export async function proveLesson(
  parts: TrialParts,
  lesson: Lesson,
  attempts: readonly Attempt[],
  options: ProofOptions,
): Promise<ProofRow[]> {
  const rows = await proveSolutions(parts, lesson);
  const jobs: (() => Promise<void>)[] = [];
  for (const [index, step] of lesson.steps.entries()) {
    const row = rows[index] as ProofRow;
    for (const mutant of mutantsOf(step.solution)) {
      const result = { attempt: mutant.join(' ; '), ok: false };
      row.mutants.push(result);
      jobs.push(async () => void Object.assign(result, await tryMutant(parts, lesson, step.id, mutant)));
    }
    for (const attempt of attempts.filter((other) => other.step === step.id)) {
      const result = { attempt: attempt.run.join(' ; '), ok: false };
      row.wrong.push(result);
      jobs.push(async () => void Object.assign(result, await tryWrong(parts, lesson, attempt)));
    }
  }
  await inParallel(jobs, options.parallel);
  for (const row of rows) options.onRow(row);
  return rows;
}

async function proveSolutions(parts: TrialParts, lesson: Lesson): Promise<ProofRow[]> {
  await using trial = await Trial.begin(parts, lesson);
  const rows: ProofRow[] = [];
  for (const step of lesson.steps) {
    await trial.settle();
    const freshFails = trial.current === step.id;
    await trial.type(step.solution);
    const solutionPasses = await trial.passes(step.id);
    rows.push({ lesson: lesson.slug, step: step.id, freshFails, solutionPasses, mutants: [], wrong: [] });
    if (!solutionPasses) await trial.skip(step.id);
  }
  return rows;
}

async function tryMutant(
  parts: TrialParts,
  lesson: Lesson,
  step: string,
  mutant: string[],
): Promise<{ ok: boolean; saw?: string }> {
  await using trial = await Trial.begin(parts, lesson);
  const obstacle = await trial.advanceTo(step);
  if (obstacle) return { ok: false, saw: obstacle };
  await trial.type(mutant);
  await trial.settle();
  return trial.current === step ? { ok: true } : { ok: false, saw: 'it passed' };
}

async function tryWrong(parts: TrialParts, lesson: Lesson, attempt: Attempt): Promise<{ ok: boolean; saw?: string }> {
  await using trial = await Trial.begin(parts, lesson);
  const obstacle = await trial.advanceTo(attempt.step);
  if (obstacle) return { ok: false, saw: obstacle };
  await trial.type(attempt.run);
  const saw = await trial.says(pattern(attempt.says));
  return saw === true ? { ok: true } : { ok: false, saw };
}

function pattern(says: string): RegExp {
  const parts = says
    .trim()
    .split('<any>')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+?')}$`, 's');
}

async function inParallel(jobs: (() => Promise<void>)[], parallel: number): Promise<void> {
  const rest = jobs[Symbol.iterator]();
  const worker = async () => {
    for (const job of rest) await job();
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
