// Runs npm quietly and says in one message why it failed.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** An error whose message is all that a person needs to read. */
export class LauncherError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** So many failed requests without a single answer mean that there is no network. */
const REFUSALS = 15;

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
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-update-notifier', '--loglevel=http'];
  const patience = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const child = spawn(command, [...first, ...args, ...quiet, ...patience], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let interrupted = null;
  const end = (signal) => {
    interrupted = signal;
    child.kill('SIGTERM');
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  let output = '';
  let reached = false;
  let refused = 0;
  const read = (chunk) => {
    const text = String(chunk);
    reached = reached || / fetch GET \d{3} /.test(text);
    refused += (text.match(/ attempt \d+ failed with /g) || []).length;
    // npm would go on for minutes: it tries each of several hundred packages again.
    if (!reached && refused >= REFUSALS) child.kill('SIGTERM');
    output = (output + text).slice(-20000);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const code = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(spawnError(error, doing)));
    child.on('close', resolve);
  }).finally(() => process.off('SIGINT', end).off('SIGTERM', end));
  if (interrupted) throw new LauncherError(`${doing} was interrupted.`, interrupted === 'SIGINT' ? 130 : 143);
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
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/complete log|npm (warn|http)/i.test(line));
  return new LauncherError(`${doing} failed. npm said:\n${lines.slice(-8).join('\n')}`);
}
