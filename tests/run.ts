// `npm test [suite…]`: does all set-up, runs every suite, and ends with one line of sums.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readConfig } from '../server/config.ts';
import { aptInstall, isDebian, osRelease } from '../server/engine/install.ts';
import { ownerOf } from '../server/engine/labels.ts';
import { removeEverything } from '../server/engine/remove.ts';
import { messageOf } from '../server/errors.ts';
import { ensurePage } from '../server/http/page.ts';
import { createProgress } from '../server/progress.ts';
import { prepareImages } from '../server/start-up.ts';
import { addUp, type Counts, countLessons, countPlaywright, countVitest, NONE } from './counts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SUITES = ['unit', 'docker', 'lessons', 'e2e'] as const;
/** Only where it is asked for: the full counts take their time. */
const SOAK = 'soak';
type Suite = (typeof SUITES)[number] | typeof SOAK;
const ALL: readonly Suite[] = [...SUITES, SOAK];

/** Of what each step of a lesson has to refuse; all of it is proven beside the soak. */
const SOME = ['--one-in', '4'];

/** Where a run must not end for one unlucky moment: what passes when it is tried again has passed, and is named at the end. */
const RETRIES = z.enum(['0', '1', '2'], 'SLIPWAY_TEST_RETRIES is 0, 1 or 2.').default('0');

/** Debian's package for each program that the tests call. */
const PROGRAMS = { '/usr/bin/chromium': 'chromium', '/usr/bin/docker-compose': 'docker-compose' };

const asked = process.argv.slice(2);
const chosen: Suite[] = asked.length === 0 ? [...SUITES] : ALL.filter((suite) => asked.includes(suite));
const retries = RETRIES.safeParse(process.env.SLIPWAY_TEST_RETRIES);
const scratch = mkdtempSync('/tmp/slw-run-');
const totals: Counts[] = [];
try {
  if (retries.error) throw new Error(retries.error.issues[0]?.message);
  if (chosen.some((suite) => suite !== 'unit')) await setUp();
  for (const suite of chosen) totals.push(await runSuite(suite));
} catch (error) {
  console.error(messageOf(error));
  totals.push({ ...NONE, failed: 1, failures: [`the run itself\n    ${messageOf(error)}`] });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const { passed, failed, skipped, failures, unsteady } = addUp(totals);
// Once more at the end: each may stand thousands of lines above.
for (const passedLater of unsteady) console.log(`~ ${passedLater}`);
for (const failure of failures) console.log(`✗ ${failure}`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function setUp(): Promise<void> {
  const progress = createProgress();
  const missing = Object.entries(PROGRAMS).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
  if (missing.length > 0 && process.getuid?.() === 0 && isDebian(osRelease())) {
    const done = progress.stage(`Installing ${missing.join(', ')}`);
    await aptInstall(missing);
    done();
  }
  const dataDir = join(scratch, 'data');
  const config = { ...readConfig([], process.env), dataDir, mode: 'offline' as const };
  const { engine, images, hub } = await prepareImages(config, progress);
  process.env.SLIPWAY_TEST_SANDBOX_IMAGE = images.learner;
  process.env.SLIPWAY_TEST_BASE_IMAGE = images.base;
  await hub.stop();
  await removeEverything(engine, ownerOf(dataDir));
  await ensurePage(progress);
}

async function runSuite(suite: Suite): Promise<Counts> {
  const beganMs = Date.now();
  console.log(`\n— ${suite}`);
  const report = join(scratch, `${suite}.json`);
  const bin = (name: string) => join(ROOT, 'node_modules/.bin', name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = ['run', '--project', suite, `--retry=${retries.data}`, ...reporters];
  const soak = [
    'run',
    '--project',
    'docker',
    ...reporters,
    '--disable-console-intercept=true',
    ...filesWithFullCounts(),
  ];
  // With the full counts of the same tests there is no need of the small ones.
  const isSoaked = chosen.includes(SOAK);
  const without = isSoaked ? filesWithFullCounts().map((file) => `--exclude=**/${basename(file)}`) : [];
  const [program, args] = {
    unit: [bin('vitest'), vitest],
    docker: [bin('vitest'), [...vitest, ...without]],
    lessons: [process.execPath, ['server/cli/lessons.ts', 'test', '--report', report, ...(isSoaked ? [] : SOME)]],
    e2e: [bin('playwright'), ['test', `--retries=${retries.data}`, '--reporter=list,json']],
    soak: [bin('vitest'), soak],
  }[suite] as [string, string[]];
  const code = await run(program, args, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    ...(suite === SOAK ? { SLIPWAY_SOAK: '1' } : {}),
  });
  const counts = read(suite, report);
  // A suite that broke off has failed, whatever its report says.
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    counts.failures.push(`${suite} broke off with exit code ${code}`);
  }
  console.log(
    `— ${suite}: ${counts.passed} passed, ${counts.failed} failed in ${((Date.now() - beganMs) / 1000).toFixed(0)} s`,
  );
  return counts;
}

/** Tests that do more where SLIPWAY_SOAK is set. */
function filesWithFullCounts(): string[] {
  const folder = join(ROOT, 'tests/docker');
  const files = readdirSync(folder).map((name) => join(folder, name));
  return files.filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('SLIPWAY_SOAK'));
}

function read(suite: Suite, report: string): Counts {
  try {
    const json: unknown = JSON.parse(readFileSync(report, 'utf8'));
    return suite === 'lessons' ? countLessons(json) : suite === 'e2e' ? countPlaywright(json) : countVitest(json);
  } catch (error) {
    return { ...NONE, failed: 1, failures: [`no report of ${suite}: ${messageOf(error)}`] };
  }
}

function run(program: string, args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
