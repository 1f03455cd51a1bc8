// The built page, and the script that renders it: built again when its source has changed since.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SlipwayError } from '../errors.ts';
import type { Progress } from '../progress.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE_DIR = join(ROOT, 'dist/web');
const CONFIGS = ['web/vite.rendering.config.ts', 'web/vite.config.ts'];
const SOURCES = ['web/**/*', 'protocol/**/*.ts', 'package-lock.json'];

export type BuiltPage = { pageDir: string; renderingFile: string };

/** The folder to serve, and the script that renders. Throws SlipwayError `page-build` with the builder's last lines. */
export async function ensurePage(progress: Progress): Promise<BuiltPage> {
  const stamp = join(PAGE_DIR, '.source-hash');
  const hash = sourceHash();
  const built = { pageDir: PAGE_DIR, renderingFile: join(ROOT, 'dist/rendering/page.js') };
  if (read(stamp) === hash) return built;
  const done = progress.stage('Building the page');
  for (const config of CONFIGS) await viteBuild(config);
  writeFileSync(stamp, hash);
  done();
  return built;
}

function viteBuild(config: string): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
      cwd: ROOT,
      // Who starts the server may have another NODE_ENV, and would get a page with its developers' checks.
      // biome-ignore lint/style/noProcessEnv: a program's surroundings, no setting.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (bytes) => said.push(bytes));
    child.stderr.on('data', (bytes) => said.push(bytes));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      const lines = Buffer.concat(said).toString('utf8').trim().split('\n').slice(-12).join('\n');
      reject(
        new SlipwayError('page-build', `The page could not be built:\n${lines}`, {
          next: 'Remove node_modules and start again.',
        }),
      );
    });
  });
}

function sourceHash(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
