// Runs npm quietly and says in one message why it failed.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** An error whose message is all that a person needs to read. */
export class LauncherError extends Error {}

const FAILURES = [
  [/ENOSPC|no space left/i, 'The disk is full.', 'Free some space (about 600 MB are needed), then start again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/,
    'The npm registry could not be reached.',
    'Connect to the internet, or set the proxy (npm config set https-proxy …), then start again.',
  ],
  [/EACCES|EPERM|EROFS/, 'A folder cannot be written.', 'Start again as the user that owns it.'],
  [
    /ETARGET|E404|notarget/,
    'The npm registry has no such package for this computer.',
    'Install Node.js 26 yourself, then start again.',
  ],
];

/** The npm that started us, or the one in PATH: `[command, ...first arguments]`. */
export function defaultNpm(env = process.env) {
  const cli = env.npm_execpath;
  if (cli && /npm-cli\.js$/.test(cli) && existsSync(cli)) return [process.execPath, cli];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** Throws LauncherError with `doing`, the reason and what to do next. A signal to us ends npm too. */
export async function runNpm(npm, args, { cwd, doing }) {
  const [command, ...first] = npm;
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-update-notifier'];
  const patience = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const child = spawn(command, [...first, ...args, ...quiet, ...patience], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const end = (signal) => {
    child.kill(signal);
    child.once('close', () => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-20000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(spawnError(error, doing)));
    child.on('close', resolve);
  }).finally(() => process.off('SIGINT', end).off('SIGTERM', end));
  if (code !== 0) throw npmError(output, doing);
}

function spawnError(error, doing) {
  if (error.code !== 'ENOENT') return new LauncherError(`${doing} failed: ${error.message}`);
  return new LauncherError(
    `${doing} failed: npm is not installed.\nInstall it (on Debian: apt-get install npm), then start again.`,
  );
}

/** The one message for what npm printed. */
export function npmError(output, doing) {
  const known = FAILURES.find(([pattern]) => pattern.test(output));
  if (known) return new LauncherError(`${doing} failed: ${known[1]}\n${known[2]}`);
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/complete log|npm warn/i.test(line));
  return new LauncherError(`${doing} failed. npm said:\n${lines.slice(-8).join('\n')}`);
}
