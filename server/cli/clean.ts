// `npm run clean`: removes every container, volume, network, image and file that Slipway made, and nothing else.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { nodeCache } from '../../launcher/node.mjs';
import { readConfig } from '../config.ts';
import { openEngine } from '../engine/connect.ts';
import { DiskImages } from '../engine/disk-image.ts';
import { removeEverything, runningServers } from '../engine/remove.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { ENV_MARK } from '../images/compose-env.ts';
import { runningServer } from '../store/hold.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

try {
  await clean();
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof SlipwayError) console.error(error.next);
  process.exit(1);
}

async function clean(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  const pid = runningServer(config.dataDir);
  if (pid !== null) throw new SlipwayError('running', `Slipway runs (process ${pid}).`, { next: 'Stop it first.' });
  const engine = await openEngine(config);
  const [container] = engine ? await runningServers(engine) : [];
  if (container !== undefined) {
    throw new SlipwayError('running', `Slipway runs in the container ${container}.`, {
      next: 'Stop it first: docker compose down',
    });
  }
  const files = ownFiles(config.dataDir);
  if (!config.yes && process.stdin.isTTY && !(await agreed(files))) return;
  if (engine) {
    const { containers, volumes, networks, images } = await removeEverything(engine);
    console.log(`Removed ${containers} containers, ${volumes} volumes, ${networks} networks, ${images} images.`);
  } else {
    console.log('No Docker Engine answers: what it may hold of Slipway stays.');
  }
  // What servers that were killed had attached and not yet mounted.
  if (process.getuid?.() === 0) await new DiskImages().letGoAll();
  for (const file of files) {
    rmSync(file, { recursive: true, force: true });
    console.log(`Removed ${file}`);
  }
}

function ownFiles(dataDir: string): string[] {
  const made = [join(ROOT, 'dist'), join(ROOT, '.cache'), join(ROOT, 'test-results'), dirname(nodeCache())];
  const files = made.filter((file) => existsSync(file));
  // Only a folder that is Slipway's data goes, whatever --data-dir was given.
  if (existsSync(join(dataDir, 'slipway.db')) || existsSync(join(dataDir, 'hub'))) files.push(dataDir);
  const env = join(ROOT, '.env');
  if (existsSync(env) && readFileSync(env, 'utf8').startsWith(ENV_MARK)) files.push(env);
  return files;
}

async function agreed(files: string[]): Promise<boolean> {
  console.log(
    `This removes every container, volume, network and image that Slipway made, with all progress, and:\n  ${files.join('\n  ')}`,
  );
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question('Go on? [y/N] ');
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
