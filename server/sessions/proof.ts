// Proves lessons on real sandboxes: each step fails in the world right before it, passes after its solution,
// not after a mutant of it, says the listed words on each listed wrong attempt, and takes no wrong answer.

import { fewAtATime } from '../few-at-a-time.ts';
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
  /** Of each step's mutants and wrong attempts only so many, at least one of each: which ones, the seed decides. */
  sample: Sample | null;
  /** A step's row, once all of its claims are known. */
  onRow: (row: ProofRow) => void;
}

export interface Sample {
  oneIn: number;
  seed: number;
}

export interface LessonToProve {
  lesson: Lesson;
  attempts: readonly Attempt[];
}

/** About the length of what is proven in one go, in things to be typed. */
const PART_LENGTH = 25;

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
    const refusals = lesson.steps.map((step, index) => {
      const wrong = attempts.filter((attempt) => attempt.step === step.id);
      const row = own[index] as ProofRow;
      return { step, row, wrong: sampleOf(wrong, options.sample), mutants: sampleOf(mutants(step), options.sample) };
    });
    for (const part of inParts(refusals)) {
      jobs.push({
        length: part.reduce((sum, one) => sum + lengthOf(one), 0),
        async run() {
          await proveRefusals(parts, lesson, part, done);
        },
      });
    }
  }
  // The longest first: begun last, one of them would work alone.
  const longestFirst = jobs.toSorted((a, b) => b.length - a.length);
  await fewAtATime(longestFirst, options.parallel, (job) => job.run());
  return rows;
}

/** In their order. */
export function sampleOf<T>(all: readonly T[], sample: Sample | null): readonly T[] {
  if (!sample || all.length === 0) return all;
  const { oneIn, seed } = sample;
  const first = seed % Math.min(oneIn, all.length);
  return all.filter((_, index) => index % oneIn === first);
}

/** What one step has to refuse. */
interface Refusals {
  step: LessonStep;
  row: ProofRow;
  wrong: readonly Attempt[];
  mutants: Readonly<ReturnType<typeof mutantsOf>>;
}

/** About, in things to be typed. */
const lengthOf = ({ wrong, mutants }: Refusals) => wrong.length + mutants.length + 1;

/** Of consecutive steps, each proven in one go: as few computers as there can be, and no part so long that it ends alone. */
function inParts(steps: readonly Refusals[]): Refusals[][] {
  const parts: Refusals[][] = [];
  let length = PART_LENGTH;
  for (const one of steps) {
    if (length >= PART_LENGTH) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(one);
    length += lengthOf(one);
  }
  return parts;
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

/**
 * Mutants and wrong attempts of consecutive steps, in one sandbox for as long as there is a way back to a step's beginning:
 * from there its solution leads to the next one.
 */
async function proveRefusals(
  parts: TrialParts,
  lesson: Lesson,
  steps: readonly Refusals[],
  done: (row: ProofRow) => void,
): Promise<void> {
  let trial: Trial | null = null as Trial | null;
  const giveUp = async () => {
    const old = trial;
    trial = null;
    await old?.[Symbol.asyncDispose]();
  };
  const attempt = async (
    step: LessonStep,
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
    for (const [index, { step, row, wrong, mutants }] of steps.entries()) {
      for (const { run, says } of wrong) {
        await attempt(step, run, row.wrong, async (trial) => {
          const saw = await trial.saysAfter(run, pattern(says));
          return saw === true ? { ok: true } : { saw };
        });
      }
      for (const mutant of mutants) {
        await attempt(step, mutant, row.mutants, async (trial) => {
          await trial.type(mutant);
          await trial.settle();
          return trial.current === step.id && !trial.checksPassed(step.id) ? { ok: true } : { saw: 'it passed' };
        });
      }
      done(row);
      const next = steps[index + 1];
      if (trial && next && !(await trial.goOn(step, next.step).catch(() => false))) await giveUp();
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
