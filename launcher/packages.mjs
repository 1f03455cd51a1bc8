// Keeps node_modules what package-lock.json says.

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { LauncherError, runNpm } from './npm.mjs';
import { stage } from './stage.mjs';

/** Installs the packages where they are missing or stale; quiet otherwise. Throws LauncherError when they cannot be had. */
export async function ensurePackages({ project, npm, env = process.env }) {
  if (isFresh(project, env)) return;
  const done = stage('npm packages');
  try {
    await withLock(join(project, '.cache', 'packages.lock'), async () => {
      if (!isFresh(project, env)) await install(project, npm, env);
    });
    done('npm packages');
  } catch (error) {
    done(null);
    if (error instanceof LauncherError || !error.code) throw error;
    throw new LauncherError(
      `The npm packages cannot be put into ${project}: ${error.message}\nStart again as the user that owns that folder.`,
    );
  }
}

/** In a folder of its own and then moved: an interrupted or failed install leaves what was there. */
async function install(project, npm, env) {
  const scratch = mkdtempSync(join(project, '.cache', 'packages-'));
  const target = join(project, 'node_modules');
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      if (existsSync(join(project, file))) copyFileSync(join(project, file), join(scratch, file));
    }
    // Not `npm ci`: it refuses a lock file that lacks another platform's optional packages, and registries do not have them all.
    await runNpm(npm, ['install', '--no-save', '--prefix', scratch], {
      cwd: scratch,
      doing: 'Installing the npm packages',
    });
    mkdirSync(join(scratch, 'node_modules'), { recursive: true });
    writeFileSync(join(scratch, 'node_modules', '.slipway'), stampOf(project, env));
    if (existsSync(target)) renameSync(target, join(scratch, 'old'));
    renameSync(join(scratch, 'node_modules'), target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Fresh by our stamp, or because npm itself was run in between and left what the lock file asks for. */
export function isFresh(project, env = process.env) {
  const stampFile = join(project, 'node_modules', '.slipway');
  const stamp = stampOf(project, env);
  if (read(stampFile) === stamp) return true;
  if (!matchesLock(project, env)) return false;
  try {
    writeFileSync(stampFile, stamp);
  } catch {
    // A read-only folder: the slower look is made every time.
  }
  return true;
}

function stampOf(project, env) {
  const lock = createHash('sha256')
    .update(read(join(project, 'package-lock.json')) ?? '')
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch} ${omitsDev(env) ? 'production' : 'all'}\n`;
}

/** npm's own record in node_modules lists every package of the lock file in its version. */
function matchesLock(project, env) {
  const installed = packagesIn(join(project, 'node_modules', '.package-lock.json'));
  const wanted = packagesIn(join(project, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || (entry.dev && omitsDev(env))) return true;
    return installed[path] !== undefined && installed[path].version === entry.version;
  });
}

/** npm's rule. */
const omitsDev = (env) => env.NODE_ENV === 'production';

function packagesIn(file) {
  const text = read(file);
  return text === null ? null : JSON.parse(text).packages;
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
