// `npm run check`: format, lint, types, borders, dead code and unit tests, at the same time; needs no Docker.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const fix = process.argv.includes('--fix');
const checks: Record<string, [string, ...string[]]> = {
  'format and lint': ['biome', 'check', ...(fix ? ['--write'] : ['--error-on-warnings']), '.'],
  'types: protocol': ['tsc', '-p', 'protocol'],
  'types: server': ['tsc', '-p', 'server'],
  'types: web': ['tsc', '-p', 'web'],
  'types: tests': ['tsc', '-p', 'tests'],
  borders: ['depcruise', '--config', '.dependency-cruiser.mjs', 'server', 'protocol', 'web', 'launcher'],
  'dead code': ['knip', '--no-progress'],
  'unit tests': ['vitest', 'run', '--project', 'unit', '--reporter=dot'],
};

const beganMs = Date.now();
const results = await Promise.all(Object.entries(checks).map(([name, command]) => runCheck(name, command)));
const failed = results.filter((passed) => !passed).length;
console.log(
  failed === 0
    ? `All is well (${seconds(beganMs)}).`
    : `${failed} of ${results.length} checks failed (${seconds(beganMs)}).`,
);
process.exitCode = failed === 0 ? 0 : 1;

function runCheck(name: string, [program, ...args]: [string, ...string[]]): Promise<boolean> {
  const startMs = Date.now();
  return new Promise((resolve) => {
    const child = spawn(join(ROOT, 'node_modules/.bin', program), args, { cwd: ROOT });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
    child.on('error', (error) => (said += error.message));
    child.on('close', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds(startMs)})`);
      if (code !== 0) console.log(said.trim());
      resolve(code === 0);
    });
  });
}

function seconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}
