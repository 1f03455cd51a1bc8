// The launcher's one way through: a Node.js that runs TypeScript, the npm packages, then the entry in its place.

import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOver } from './hand-over.mjs';
import { ensureNode } from './node.mjs';
import { defaultNpm, LauncherError } from './npm.mjs';
import { ensurePackages } from './packages.mjs';

const USAGE = 'usage: node launcher/run.mjs <entry.ts> [args…], or --install to only fetch what is missing';

/** Runs the entry with this process's arguments, terminal and signals; exits 1 with one message where that cannot be. */
export async function main([entry, ...args]) {
  try {
    if (!entry) throw new LauncherError(USAGE);
    const project = fileURLToPath(new URL('..', import.meta.url));
    const npm = defaultNpm();
    const node = await ensureNode({ npm });
    await ensurePackages({ project, npm });
    if (entry === '--install') return;
    const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
    const env = {
      ...process.env,
      PATH: path,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(project, '.cache', 'compile'),
    };
    // A small young generation: a terminal that prints without end must not make the server large.
    await handOver(node, ['--max-semi-space-size=2', resolve(project, entry), ...args], env);
  } catch (error) {
    if (!(error instanceof LauncherError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
