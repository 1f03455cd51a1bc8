// Puts an image of whoever runs this server into the practice Docker Hub, and takes it out again; a server that runs sees it at once.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { messageOf, SlipwayError, systemCode } from '../errors.ts';
import { HUB_IMAGE_NAME, parseReference } from '../reference.ts';
import { type AddedImage, addedBytes, blobFile, familiarName, readAdded, writeAdded } from './added-index.ts';
import { bad, headOf, isGzip, readImageTar } from './image-tar.ts';
import { digestOf } from './layer.ts';
import { MEDIA_TYPE } from './manifest.ts';
import { standIns } from './stand-ins.ts';

const MIB = 2 ** 20;
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const configSchema = z.object({
  architecture: z.string(),
  os: z.string(),
  rootfs: z.object({ diff_ids: z.array(z.string().regex(/^sha256:[0-9a-f]{64}$/)) }),
});

export interface AddOptions {
  /** `<data folder>/images`. */
  dir: string;
  /** `NAME:TAG`; without it the tar's own name. */
  as: string | undefined;
  /** Takes the place of an image of that name, or of the course's. */
  replace: boolean;
  /** What all added images may take. */
  capBytes: number;
  /** What stays free on the disk. */
  leastFreeBytes: number;
  /** As images name it, amd64 or arm64. */
  architecture: string;
  progress: (line: string) => void;
}

/** Adds the image of that tar and answers it. Throws SlipwayError; then nothing of it is left. */
export async function addImage(tar: Readable, options: AddOptions): Promise<AddedImage> {
  const { dir, as, progress, architecture, capBytes, leastFreeBytes } = options;
  const wanted = as === undefined ? null : nameOf(as);
  // Before what takes its time.
  if (wanted) await mustBeFree(wanted, options);
  return locked(dir, async () => {
    const scratch = await mkdtemp(join(dir, 'incoming-'));
    try {
      const { bavail, bsize } = await statfs(dir);
      // What is unpacked and what is made of it stand side by side for a while.
      const room = Math.max(0, (bavail * bsize - leastFreeBytes) / 2);
      const unpacked = await readImageTar(tar, scratch, {
        maxBytes: room,
        architecture,
        onBytes: every100MiB(progress),
      });
      const name = wanted ?? onlyName(unpacked.names);
      const config = configOf(unpacked.config);
      if (config.os !== 'linux') throw bad(`The image is for ${config.os}; sandboxes are Linux.`);
      if (config.architecture !== architecture)
        progress(
          `It is for ${config.architecture}, and this machine is ${architecture}: it can be pulled, and not run`,
        );
      const { diff_ids: diffIds } = config.rootfs;
      if (diffIds.length !== unpacked.layers.length)
        throw bad(`The config tells of ${diffIds.length} layers, and the tar has ${unpacked.layers.length}.`);
      const before = await mustBeFree(name, options);
      const taken = addedBytes(before);
      const layers: { digest: string; size: number }[] = [];
      for (const [index, file] of unpacked.layers.entries()) {
        progress(`Layer ${index + 1} of ${unpacked.layers.length}`);
        const layer = await packLayer(file, diffIds[index] ?? '', scratch);
        layers.push(layer);
        const size = layers.reduce((sum, one) => sum + one.size, 0);
        if (taken + size > capBytes) throw tooMuch(taken + size, capBytes);
      }
      const image = await describeImage(name, unpacked.config, layers, scratch);
      await mkdir(join(dir, 'blobs'), { recursive: true, mode: 0o700 });
      for (const { digest } of [image.manifest, ...image.blobs])
        await rename(blobFile(scratch, digest), blobFile(dir, digest)).catch(ignoreTwin);
      await writeAdded(dir, [...before, image]);
      return image;
    } finally {
      await rm(scratch, { recursive: true, force: true });
      await sweep(dir);
    }
  });
}

/** Throws SlipwayError `no-such-image` where it was not added. */
export async function removeImage(dir: string, named: string): Promise<void> {
  const { repository, tag } = nameOf(named);
  await locked(dir, async () => {
    const images = await readAdded(dir);
    const left = images.filter((image) => !(image.repository === repository && image.tag === tag));
    if (left.length === images.length)
      throw new SlipwayError('no-such-image', `${familiarName({ repository, tag })} was not added.`, {
        next: 'npm run hub -- list shows what was.',
      });
    await writeAdded(dir, left);
    await sweep(dir);
  });
}

type Name = Pick<AddedImage, 'repository' | 'tag'>;

/** Throws SlipwayError `bad-name`. */
function nameOf(text: string): Name {
  const { reference } = parseReference(text);
  const repository = reference?.repository.replace(/^library\//, '') ?? '';
  if (reference?.isOnDockerHub && reference.tag && !reference.digest && HUB_IMAGE_NAME.test(repository))
    return { repository: reference.repository, tag: reference.tag };
  const shown = JSON.stringify(text.slice(0, 120));
  const why = /^(docker\.io\/)?learner\//.test(text)
    ? 'learner/ is each learner’s own'
    : 'a name on Docker Hub is NAME:TAG or TEAM/NAME:TAG in small letters, without a registry';
  const rest = text.split('/').slice(-2).join('/').toLowerCase();
  throw new SlipwayError('bad-name', `${shown} is no name for it: ${why}.`, {
    next: `Choose one with --as, as in: npm run hub -- add … --as ${/^[a-z0-9/._:-]{1,80}$/.test(rest) && !rest.startsWith('learner/') ? rest : 'team/app:1.0'}`,
  });
}

function onlyName(names: readonly string[]): Name {
  const [name, more] = names;
  if (name !== undefined && more === undefined) return nameOf(name);
  throw new SlipwayError(
    'no-name',
    name === undefined
      ? 'The tar does not name its image.'
      : `The tar gives its image several names: ${names.join(', ')}.`,
    { next: 'Choose one: npm run hub -- add … --as team/app:1.0' },
  );
}

/** Answers the images that stay beside it. Throws SlipwayError `taken`. */
async function mustBeFree({ repository, tag }: Name, { dir, replace }: AddOptions): Promise<AddedImage[]> {
  const images = await readAdded(dir);
  const others = images.filter((image) => !(image.repository === repository && image.tag === tag));
  const named = familiarName({ repository, tag });
  const course = standIns({ architecture: '', nginx: '', busybox: '', registry: '' });
  const ofCourse = course.some(({ name, tags }) => repository === `library/${name}` && tags.includes(tag));
  if (replace || (others.length === images.length && !ofCourse)) return others;
  const which =
    others.length < images.length
      ? `${named} was added already.`
      : `${named} is an image of the course, which lessons rely on.`;
  throw new SlipwayError('taken', which, { next: 'Choose another name with --as, or take its place with --replace.' });
}

function configOf(bytes: Buffer): z.infer<typeof configSchema> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (cause) {
    throw bad('The config of the image is no JSON.', cause);
  }
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw bad(`The config of the image is not as it should be: ${parsed.error.issues[0]?.path.join('.')}.`);
}

/** Compressed as it is sent, under its digest; the file it was made from goes. Throws where it is not what the config says. */
async function packLayer(file: string, diffId: string, scratch: string): Promise<{ digest: string; size: number }> {
  const head = await headOf(file);
  if (head.equals(ZSTD))
    throw bad('A layer is compressed with zstd, which older engines cannot read; save it with gzip.');
  const zipped = isGzip(head);
  const out = `${file}.gz`;
  const [plain, packed] = [createHash('sha256'), createHash('sha256')];
  try {
    if (zipped) {
      const tap = new PassThrough();
      const unzipping = pipeline(tap, createGunzip(), hashing(plain), drain());
      await Promise.all([pipeline(createReadStream(file), hashing(packed, tap), createWriteStream(out)), unzipping]);
    } else {
      await pipeline(
        createReadStream(file),
        hashing(plain),
        createGzip({ level: 4 }),
        hashing(packed),
        createWriteStream(out, { mode: 0o600 }),
      );
    }
  } catch (cause) {
    if (systemCode(cause) === 'ENOSPC') throw cause;
    throw bad(`A layer cannot be read: ${messageOf(cause)}.`, cause);
  }
  if (`sha256:${plain.digest('hex')}` !== diffId) throw bad('A layer is not the one that the config tells of.');
  const digest = `sha256:${packed.digest('hex')}`;
  await mkdir(join(scratch, 'blobs'), { recursive: true });
  await rename(out, blobFile(scratch, digest));
  return { digest, size: (await stat(blobFile(scratch, digest))).size };
}

function hashing(hash: ReturnType<typeof createHash>, also?: PassThrough): Transform {
  return new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      if (!also || also.write(chunk)) return done(null, chunk);
      also.once('drain', () => done(null, chunk));
    },
    flush(done) {
      also?.end();
      done();
    },
  });
}

function drain(): Transform {
  return new Transform({ transform: (_chunk, _encoding, done) => done() }).resume();
}

async function describeImage(
  name: Name,
  config: Buffer,
  layers: { digest: string; size: number }[],
  scratch: string,
): Promise<AddedImage> {
  const configBlob = { digest: digestOf(config), size: config.length };
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.manifest,
      config: { mediaType: MEDIA_TYPE.config, ...configBlob },
      layers: layers.map((layer) => ({ mediaType: MEDIA_TYPE.layer, ...layer })),
    }),
  );
  await mkdir(join(scratch, 'blobs'), { recursive: true });
  await writeFile(blobFile(scratch, configBlob.digest), config, { mode: 0o600 });
  await writeFile(blobFile(scratch, digestOf(manifest)), manifest, { mode: 0o600 });
  return {
    ...name,
    manifest: { digest: digestOf(manifest), size: manifest.length, mediaType: MEDIA_TYPE.manifest },
    blobs: [configBlob, ...layers],
    addedMs: Date.now(),
  };
}

/** Two equal layers of an image are one blob. */
function ignoreTwin(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}

/** One change at a time; what a killed one left goes. Throws SlipwayError `hub-busy`. */
async function locked<T>(dir: string, change: () => Promise<T>): Promise<T> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'lock');
  const holder = await readFile(file, 'utf8').catch(() => '');
  if (holder !== '' && !(await lives(holder))) await rm(file, { force: true });
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause;
    throw new SlipwayError('hub-busy', 'Another image is being added or removed.', {
      next: 'Try again when that is done.',
      cause,
    });
  }
  try {
    await sweep(dir);
    return await change();
  } finally {
    await rm(file, { force: true });
  }
}

async function lives(pid: string): Promise<boolean> {
  return access(`/proc/${Number(pid)}`).then(
    () => true,
    () => false,
  );
}

/** Removes what no image has. */
async function sweep(dir: string): Promise<void> {
  const images = await readAdded(dir);
  const used = new Set(
    images.flatMap(({ manifest, blobs }) => [manifest, ...blobs].map(({ digest }) => basename(blobFile(dir, digest)))),
  );
  const blobs = await readdir(join(dir, 'blobs')).catch(() => []);
  await Promise.all(
    blobs.filter((name) => !used.has(name)).map((name) => rm(join(dir, 'blobs', name), { force: true })),
  );
  const left = (await readdir(dir)).filter((name) => name.startsWith('incoming-'));
  await Promise.all(left.map((name) => rm(join(dir, name), { recursive: true, force: true })));
}

function every100MiB(progress: (line: string) => void): (bytes: number) => void {
  let told = 0;
  return (bytes) => {
    if (bytes - told < 100 * MIB) return;
    told = bytes;
    progress(`Read ${Math.floor(bytes / MIB)} MiB`);
  };
}

function tooMuch(bytes: number, capBytes: number): SlipwayError {
  return new SlipwayError(
    'image-too-large',
    `Added images would take ${Math.ceil(bytes / MIB)} MiB, and may take ${Math.floor(capBytes / MIB)} MiB.`,
    { next: 'Remove one with npm run hub -- remove, or allow more with --hub-cap-mb.' },
  );
}
