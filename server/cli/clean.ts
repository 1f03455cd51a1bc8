// `npm run clean`: removes every container, volume, network, image and file that Slipway made, and nothing else.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { nodeCache } from '../../launcher/node.mjs';
import { readConfig } from '../config.ts';
import { openEngine } from '../engine/connect.ts';
import { DiskImages } from '../engine/disk-image.ts';
import type { HostEngine } from '../engine/host-images.ts';
import { type Owner, ownerOf } from '../engine/labels.ts';
import { ownersOn, removeEverything, runningServers } from '../engine/remove.ts';
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
  const own = ownerOf(config.dataDir);
  const others = engine ? await runningOthers(engine, own) : [];
  const files = [...dataFiles(config.dataDir), ...(others.length === 0 ? sharedFiles() : [])];
  if (!config.yes && process.stdin.isTTY && !(await agreed(files))) return;
  if (engine) {
    const { containers, volumes, networks, images } = await removeEverything(engine, others.length > 0 ? own : {});
    console.log(`Removed ${containers} containers, ${volumes} volumes, ${networks} networks, ${images} images.`);
  } else {
    console.log('No Docker Engine answers: what it may hold of Slipway stays.');
  }
  // What servers that were killed had attached and not yet mounted.
  if (process.getuid?.() === 0) {
    const disks = new DiskImages();
    await (others.length > 0 ? disks.letGoBelow(join(config.dataDir, 's')) : disks.letGoAll());
  }
  for (const file of files) {
    rmSync(file, { recursive: true, force: true });
    console.log(`Removed ${file}`);
  }
  for (const { folder } of others) {
    console.log(
      `Left, because it runs (process ${runningServer(folder)}): the Slipway of ${folder}, and all that it shares:`,
    );
    console.log('images, the built page, caches. Stop it and run this again to remove them.');
  }
}

/** Servers with other data folders. */
async function runningOthers(engine: HostEngine, own: Owner): Promise<Owner[]> {
  const all = await ownersOn(engine);
  return all.filter(({ instance, folder }) => instance !== own.instance && runningServer(folder) !== null);
}

/** Only a folder that is Slipway's data goes, whatever --data-dir was given. */
function dataFiles(dataDir: string): string[] {
  return existsSync(join(dataDir, 'slipway.db')) || existsSync(join(dataDir, 'hub')) ? [dataDir] : [];
}

function sharedFiles(): string[] {
  const made = [join(ROOT, 'dist'), join(ROOT, '.cache'), join(ROOT, 'test-results'), dirname(nodeCache())];
  const files = made.filter((file) => existsSync(file));
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
