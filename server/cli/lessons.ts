// `npm run lessons`: proves lessons on real sandboxes, one row a step, and lints them.

import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { visible } from '../checks/quoted.ts';
import { type Config, readConfig } from '../config.ts';
import { removeEverything } from '../engine/remove.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { changedSince } from '../lessons/changed.ts';
import { withReference } from '../lessons/format-reference.ts';
import { lintLessons } from '../lessons/lint.ts';
import type { Problem } from '../lessons/linted.ts';
import { type Lesson, type Lessons, loadAttempts } from '../lessons/load.ts';
import { loadOffered } from '../lessons/own.ts';
import { createProgress } from '../progress.ts';
import { type ProofRow, proveLessons, type Sample } from '../sessions/proof.ts';
import type { Claim } from '../sessions/proof-quizzes.ts';
import { Sessions } from '../sessions/sessions.ts';
import { startUp } from '../start-up.ts';

/** Sandboxes at the same time: most of a claim's time is waiting. */
const PARALLEL = 4;
const OWN = { type: 'string', multiple: true, default: [] as string[] } as const;
const USAGE = `Usage:
  npm run lessons -- test [slug…]          proves these lessons, or all
  npm run lessons -- test --changed        those whose files differ from the last commit
  npm run lessons -- test --since REF      those whose files differ from that commit
  npm run lessons -- lint                  looks for dead links, missing hints and the like
  npm run lessons -- docs                  writes the reference in docs/lessons.md anew
Options of test and lint:
  --lessons DIR    also lessons of your own in this folder; may be given several times
Options of test:
  --json           prints the rows as JSON when all is done
  --report FILE    writes them there, beside the lines for people
  --parallel N     so many sandboxes at the same time (default ${PARALLEL})
  --one-in N       one of so many mutants and wrong attempts of each step, for a first look
  --seed N         decides which ones (default: another at each run, and printed)`;

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof SlipwayError) console.error(error.next);
  else console.error((error as Error).stack);
  process.exitCode = 1;
}

async function main([verb, ...rest]: string[]): Promise<void> {
  if (verb === 'test') return test(rest);
  if (verb === 'lint') return lint(rest);
  if (verb === 'docs') return docs();
  console.error(USAGE);
  process.exitCode = 2;
}

async function test(words: string[]): Promise<void> {
  const { values, positionals } = testOptions(words);
  const { json, report, changed } = values;
  const parallel = Number(values.parallel);
  const config = configOf(values.lessons);
  const { lessons, leftOut } = loadOffered(config.lessonsDir, config.lessons);
  // A lesson that is not there cannot be proven.
  tell(leftOut);
  const since = values.since ?? (changed ? 'HEAD' : undefined);
  const chosen = choose(lessons, positionals, since);
  const beganMs = Date.now();
  const sample = sampleFrom(values['one-in'], values.seed);
  if (sample) console.error(`One in ${sample.oneIn} of the mutants and wrong attempts, by --seed ${sample.seed}`);
  const rows = await prove(config, lessons, chosen, { json, parallel, sample });
  if (json) console.log(JSON.stringify(rows));
  if (report !== undefined) writeFileSync(report, JSON.stringify(rows));
  const bad = rows.filter((row) => !isRight(row)).length;
  const seconds = ((Date.now() - beganMs) / 1000).toFixed(0);
  if (!json) console.log(`\n${rows.length} steps, ${bad} of them not proven, in ${seconds} s`);
  process.exitCode = bad === 0 && leftOut.length === 0 ? 0 : 1;
}

function lint(words: string[]): void {
  const { values } = optionsOf(words, { lessons: OWN });
  const { lessonsDir, lessons } = configOf(values.lessons);
  const problems = lintLessons(lessonsDir, lessons);
  tell(problems);
  console.log(problems.length === 0 ? 'The lessons are in order.' : `\n${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/** Not on stdout, which may be JSON. */
function tell(problems: readonly Problem[]): void {
  for (const { file, line, message } of problems) {
    const near = relative('.', file);
    console.error(visible(`${near.startsWith('..') ? file : near}:${line}: ${message}`));
  }
}

function configOf(ownDirs: readonly string[]): Config {
  return readConfig(
    ownDirs.flatMap((dir) => ['--lessons', dir]),
    process.env,
  );
}

function docs(): void {
  const file = fileURLToPath(new URL('../../docs/lessons.md', import.meta.url));
  writeFileSync(file, withReference(readFileSync(file, 'utf8')));
}

function testOptions(words: string[]) {
  const found = optionsOf(words, {
    lessons: OWN,
    json: { type: 'boolean', default: false },
    changed: { type: 'boolean', default: false },
    since: { type: 'string' },
    report: { type: 'string' },
    parallel: { type: 'string', default: String(PARALLEL) },
    'one-in': { type: 'string', default: '1' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
  });
  if (!/^([1-9]|[1-5]\d)$/.test(found.values.parallel))
    throw usage(new Error('--parallel takes a number from 1 to 59'));
  if (!/^[1-9]\d?$/.test(found.values['one-in'])) throw usage(new Error('--one-in takes a number from 1 to 99'));
  if (!/^\d{1,9}$/.test(found.values.seed)) throw usage(new Error('--seed takes a number of nine digits at most'));
  return found;
}

function sampleFrom(oneIn: string, seed: string): Sample | null {
  return oneIn === '1' ? null : { oneIn: Number(oneIn), seed: Number(seed) };
}

function optionsOf<const T extends NonNullable<ParseArgsConfig['options']>>(words: string[], options: T) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options });
  } catch (cause) {
    throw usage(cause);
  }
}

function usage(cause: unknown): SlipwayError {
  return new SlipwayError('usage', messageOf(cause), { next: USAGE, cause });
}

function choose(lessons: Lessons, slugs: readonly string[], since: string | undefined): readonly Lesson[] {
  if (slugs.length > 0) return slugs.map((slug) => lessons.get(slug));
  return since === undefined ? lessons.all : changedSince(since, lessons.all);
}

async function prove(
  settings: Config,
  lessons: Lessons,
  chosen: readonly Lesson[],
  { json, parallel, sample }: { json: boolean; parallel: number; sample: Sample | null },
): Promise<ProofRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-'));
  const config = {
    ...settings,
    dataDir,
    warmSandboxes: 2,
    maxWarmSandboxes: 2,
    maxSandboxes: 4 * parallel,
    logLevel: 'error' as const,
  };
  // Broken attempts are told before anything is started.
  const toProve = chosen.map((lesson) => ({ lesson, attempts: loadAttempts(lesson) }));
  const parts = await startUp(config, createProgress());
  const sessions = new Sessions({ ...parts, lessons });
  try {
    await parts.pool.refill();
    return await proveLessons({ sessions, pool: parts.pool }, toProve, {
      parallel,
      sample,
      onRow: json ? () => {} : print,
    });
  } finally {
    sessions.close();
    await parts.pool.close();
    await removeEverything(parts.engine, parts.owner);
    await parts.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isRight(row: ProofRow): boolean {
  return row.freshFails && row.solutionPasses && [...row.mutants, ...row.wrong, ...row.quizzes].every((one) => one.ok);
}

function print(row: ProofRow): void {
  const count = (list: Claim[]) => `${list.filter((one) => one.ok).length}/${list.length}`;
  const mark = isRight(row) ? '✓' : '✗';
  const yes = (one: boolean) => (one ? 'yes' : 'NO');
  console.log(
    `${mark} ${row.lesson} › ${row.step}: fresh fails ${yes(row.freshFails)}, solution passes ${yes(row.solutionPasses)}, ` +
      `mutants ${count(row.mutants)}, wrong ${count(row.wrong)}, answers ${count(row.quizzes)}`,
  );
  for (const one of [...row.mutants, ...row.wrong, ...row.quizzes]) {
    if (!one.ok) console.log(`    ✗ ${one.attempt}\n      saw: ${one.saw}`);
  }
}
