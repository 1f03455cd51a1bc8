// wetty from npm, in Slipway's cache folder: a peer of the benchmark, not a dependency.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '3.2.0';

/** Its main program, installed where it is missing. */
export async function wettyProgram(): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'slipway', `wetty-${VERSION}`);
  const program = join(folder, 'node_modules/wetty/build/main.js');
  if (existsSync(program) && existsSync(join(folder, 'node_modules/node-pty/build/Release/pty.node'))) return program;
  console.error(`Installing wetty ${VERSION} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `wetty@${VERSION}`];
  await promisify(execFile)('npm', args, { cwd: folder });
  return program;
}
