// `npm run hub`: images of whoever runs this server in the practice Docker Hub; they are there at once, also while the server runs.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Config, readConfig } from '../config.ts';
import { openEngine } from '../engine/connect.ts';
import { HostImages } from '../engine/host-images.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { addImage, removeImage } from '../images/add-image.ts';
import { addedBytes, familiarName, readAdded } from '../images/added-index.ts';

const MIB = 2 ** 20;
const USAGE = `Usage:
  npm run hub -- add IMAGE|TAR [--as NAME:TAG] [--replace]
                               puts an image of this machine's engine, or a tar of docker save, into the practice Docker Hub
  npm run hub -- list          what was added
  npm run hub -- remove NAME:TAG
Settings as of npm start, as in --data-dir DIR, come last.`;

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof SlipwayError) console.error(error.next);
  process.exitCode = 1;
}

async function main([verb, ...rest]: string[]): Promise<void> {
  if (verb === 'list') return list(rest);
  const [target, ...words] = rest;
  if ((verb === 'add' || verb === 'remove') && target !== undefined && !target.startsWith('--'))
    return verb === 'add' ? add(target, words) : remove(target, words);
  console.error(USAGE);
  process.exitCode = 2;
}

async function add(target: string, words: string[]): Promise<void> {
  const { as, replace, settings } = ownOptions(words);
  const config = readConfig(settings, process.env);
  const isFile = existsSync(target) && statSync(target).isFile();
  const image = await addImage(await open(target, isFile, config), {
    dir: folderOf(config.dataDir),
    as: as ?? (isFile ? undefined : target),
    replace,
    capBytes: config.hubCapMb * MIB,
    leastFreeBytes: config.minFreeDiskMb * MIB,
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    progress: (line) => console.error(`  … ${line}`),
  });
  console.log(`Added ${familiarName(image)} (${sizeText(addedBytes([image]))}, ${image.manifest.digest}).`);
  console.log(`Learners: docker pull ${familiarName(image)}`);
}

async function open(target: string, isFile: boolean, config: Config): Promise<Readable> {
  if (isFile) return createReadStream(target);
  const engine = await openEngine(config);
  if (engine) return new HostImages(engine).save(target);
  throw new SlipwayError('no-engine', `${JSON.stringify(target)} is no file, and no Docker Engine answers.`, {
    next: 'Name the tar that docker save made, or start the engine.',
  });
}

async function remove(target: string, words: string[]): Promise<void> {
  await removeImage(folderOf(readConfig(words, process.env).dataDir), target);
  console.log(`Removed ${target}. Learners who have pulled it keep it.`);
}

async function list(words: string[]): Promise<void> {
  const images = await readAdded(folderOf(readConfig(words, process.env).dataDir));
  for (const image of images) {
    const added = new Date(image.addedMs).toISOString().slice(0, 16).replace('T', ' ');
    console.log(
      `${familiarName(image).padEnd(40)} ${sizeText(addedBytes([image])).padStart(9)}  ${added}  ${image.manifest.digest}`,
    );
  }
  console.log(images.length === 0 ? 'No image was added.' : `${sizeText(addedBytes(images))} in all`);
}

function ownOptions(words: string[]): { as: string | undefined; replace: boolean; settings: string[] } {
  const settings = words.filter((word) => word !== '--replace');
  const at = settings.findIndex((word) => word === '--as' || word.startsWith('--as='));
  const [flag = ''] = at === -1 ? [] : settings.splice(at, 1);
  const as = flag.startsWith('--as=') ? flag.slice('--as='.length) : at === -1 ? undefined : settings.splice(at, 1)[0];
  if (flag !== '' && !as) throw new SlipwayError('usage', '--as needs a name.', { next: USAGE });
  return { as, replace: words.includes('--replace'), settings };
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'images');
}

function sizeText(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
