// `npm run lessons -- test [slug…] [--json]`: proves lessons on real sandboxes, one row a step.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import { removeEverything } from '../engine/remove.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { withReference } from '../lessons/format-reference.ts';
import { lintLessons } from '../lessons/lint.ts';
import { loadAttempts, loadLessons } from '../lessons/load.ts';
import { createProgress } from '../progress.ts';
import { type ProofRow, proveLesson } from '../sessions/proof.ts';
import { Sessions } from '../sessions/sessions.ts';
import { startUp } from '../start-up.ts';

const [verb, ...rest] = process.argv.slice(2);
const json = rest.includes('--json');
/** `--report FILE` writes the rows as JSON beside the lines for people. */
const report = rest.includes('--report') ? rest[rest.indexOf('--report') + 1] : undefined;
const slugs = rest.filter((word) => !word.startsWith('-') && word !== report);

if (verb === 'lint') {
  const problems = lintLessons(readConfig([], process.env).lessonsDir);
  for (const { file, line, message } of problems) console.log(`${file}:${line}: ${message}`);
  console.log(problems.length === 0 ? 'The lessons are in order.' : `\n${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
if (verb === 'docs') {
  const file = fileURLToPath(new URL('../../docs/lessons.md', import.meta.url));
  writeFileSync(file, withReference(readFileSync(file, 'utf8')));
  process.exit();
}
if (verb !== 'test') {
  console.error(
    'Usage: npm run lessons -- test [slug…] [--json]\n       npm run lessons -- lint\n       npm run lessons -- docs',
  );
  process.exit(2);
}
try {
  const rows = await prove();
  if (json) console.log(JSON.stringify(rows));
  if (report) writeFileSync(report, JSON.stringify(rows));
  const bad = rows.filter((row) => !isRight(row)).length;
  if (!json) console.log(`\n${rows.length} steps, ${bad} of them not proven`);
  process.exitCode = bad === 0 ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof SlipwayError) console.error(error.next);
  else console.error((error as Error).stack);
  process.exitCode = 1;
}

async function prove(): Promise<ProofRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-'));
  const parallel = availableParallelism();
  const config = {
    ...readConfig([], process.env),
    dataDir,
    warmSandboxes: parallel,
    maxSandboxes: 4 * parallel,
    logLevel: 'error' as const,
  };
  const lessons = loadLessons(config.lessonsDir);
  const chosen = slugs.length === 0 ? lessons.all : slugs.map((slug) => lessons.get(slug));
  // Broken attempts are told before anything is started.
  const attempts = new Map(chosen.map((lesson) => [lesson, loadAttempts(config.lessonsDir, lesson)]));
  const parts = await startUp(config, createProgress());
  const sessions = new Sessions({ store: parts.store, lessons, pool: parts.pool, log: parts.log });
  try {
    await parts.pool.refill();
    const rows: ProofRow[] = [];
    for (const lesson of chosen) {
      rows.push(
        ...(await proveLesson({ sessions, pool: parts.pool }, lesson, attempts.get(lesson) ?? [], {
          parallel,
          onRow: json ? () => {} : print,
        })),
      );
    }
    return rows;
  } finally {
    sessions.close();
    await parts.pool.close();
    await removeEverything(parts.engine, { instance: parts.instance });
    await parts.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isRight(row: ProofRow): boolean {
  return row.freshFails && row.solutionPasses && [...row.mutants, ...row.wrong].every((one) => one.ok);
}

function print(row: ProofRow): void {
  const count = (list: { ok: boolean }[]) => `${list.filter((one) => one.ok).length}/${list.length}`;
  const mark = isRight(row) ? '✓' : '✗';
  console.log(
    `${mark} ${row.lesson} › ${row.step}: fresh fails ${row.freshFails ? 'yes' : 'NO'}, solution passes ${row.solutionPasses ? 'yes' : 'NO'}, mutants ${count(row.mutants)}, wrong ${count(row.wrong)}`,
  );
  for (const one of [...row.mutants, ...row.wrong]) {
    if (!one.ok) console.log(`    ✗ ${one.attempt}\n      saw: ${one.saw}`);
  }
}
