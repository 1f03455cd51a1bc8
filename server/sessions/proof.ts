// Proves lessons on real sandboxes: each step fails in the world right before it, passes after its solution,
// not after a mutant of it, says the listed words on each listed wrong attempt, and takes no wrong answer.

import type { Lesson } from '../lessons/load.ts';
import { mutantsOf } from '../lessons/mutants.ts';
import type { LessonStep } from '../lessons/parse.ts';
import type { Attempt } from '../lessons/schema.ts';
import { type Claim, proveQuizzes } from './proof-quizzes.ts';
import { Trial, type TrialParts } from './trial.ts';

export interface ProofRow {
  lesson: string;
  step: string;
  freshFails: boolean;
  solutionPasses: boolean;
  mutants: Claim[];
  wrong: Claim[];
  quizzes: Claim[];
}

export interface ProofOptions {
  /** How many sandboxes work at the same time. */
  parallel: number;
  /** A step's row, once all of its claims are known. */
  onRow: (row: ProofRow) => void;
}

export interface LessonToProve {
  lesson: Lesson;
  attempts: readonly Attempt[];
}

export async function proveLessons(
  parts: TrialParts,
  lessons: readonly LessonToProve[],
  options: ProofOptions,
): Promise<ProofRow[]> {
  const rows: ProofRow[] = [];
  const jobs: Job[] = [];
  for (const { lesson, attempts } of lessons) {
    const own = lesson.steps.map((step) => emptyRow(lesson, step));
    rows.push(...own);
    // Told when the last of its two jobs is done.
    const left = new Map(own.map((row) => [row, 2]));
    const done = (row: ProofRow) => {
      left.set(row, (left.get(row) ?? 0) - 1);
      if (left.get(row) === 0) options.onRow(row);
    };
    jobs.push({
      length: lesson.steps.length,
      async run() {
        await proveSolutions(parts, lesson, own);
        own.forEach(done);
      },
    });
    for (const [index, step] of lesson.steps.entries()) {
      const row = own[index] as ProofRow;
      const wrong = attempts.filter((attempt) => attempt.step === step.id);
      jobs.push({
        length: index + wrong.length + mutants(step).length,
        async run() {
          await proveRefusals(parts, lesson, step, wrong, row);
          done(row);
        },
      });
    }
  }
  // The longest first: begun last, one of them would work alone.
  const longestFirst = jobs.toSorted((a, b) => b.length - a.length);
  await inParallel(longestFirst, options.parallel);
  return rows;
}

interface Job {
  /** About, in things to be typed. */
  length: number;
  run(): Promise<void>;
}

function emptyRow(lesson: Lesson, step: LessonStep): ProofRow {
  return {
    lesson: lesson.slug,
    step: step.id,
    freshFails: false,
    solutionPasses: false,
    mutants: [],
    wrong: [],
    quizzes: [],
  };
}

async function proveSolutions(parts: TrialParts, lesson: Lesson, rows: readonly ProofRow[]): Promise<void> {
  if (lesson.steps.length === 0) return;
  await using trial = await Trial.begin(parts, lesson);
  for (const [index, step] of lesson.steps.entries()) {
    const row = rows[index] as ProofRow;
    await trial.settle();
    row.freshFails = trial.current === step.id && !trial.checksPassed(step.id);
    await trial.solve(step);
    row.quizzes = await proveQuizzes(trial.session, lesson, step);
    row.solutionPasses = await trial.passes(step.id);
    if (!row.solutionPasses) await trial.session.skipStep(lesson, step.id);
  }
}

/** Mutants and wrong attempts of one step, in one sandbox for as long as there is a way back to the step's beginning. */
async function proveRefusals(
  parts: TrialParts,
  lesson: Lesson,
  step: LessonStep,
  wrong: readonly Attempt[],
  row: ProofRow,
): Promise<void> {
  let trial: Trial | null = null;
  const giveUp = async () => {
    const old = trial;
    trial = null;
    await old?.[Symbol.asyncDispose]();
  };
  const attempt = async (
    lines: readonly string[],
    claims: Claim[],
    judge: (trial: Trial) => Promise<Partial<Claim>>,
  ) => {
    const claim: Claim = { attempt: lines.join(' ; '), ok: false };
    claims.push(claim);
    try {
      if (trial && !(await trial.rewind())) await giveUp();
      trial ??= await Trial.before(parts, lesson, step);
      if (trial.current !== step.id) claim.saw = `${trial.current} was current, not ${step.id}`;
      else Object.assign(claim, await judge(trial));
    } catch (error) {
      claim.saw = String(error);
      await giveUp();
    }
  };
  try {
    for (const { run, says } of wrong) {
      await attempt(run, row.wrong, async (trial) => {
        const saw = await trial.saysAfter(run, pattern(says));
        return saw === true ? { ok: true } : { saw };
      });
    }
    for (const mutant of mutants(step)) {
      await attempt(mutant, row.mutants, async (trial) => {
        await trial.type(mutant);
        await trial.settle();
        return trial.current === step.id && !trial.checksPassed(step.id) ? { ok: true } : { saw: 'it passed' };
      });
    }
  } finally {
    await giveUp();
  }
}

function mutants(step: LessonStep): ReturnType<typeof mutantsOf> {
  return mutantsOf(step.checks.length > 0 ? step.solution : []);
}

function pattern(says: string): RegExp {
  const parts = says
    .trim()
    .split('<any>')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+?')}$`, 's');
}

async function inParallel(jobs: readonly Job[], parallel: number): Promise<void> {
  const rest = jobs[Symbol.iterator]();
  const worker = async () => {
    for (const job of rest) await job.run();
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
