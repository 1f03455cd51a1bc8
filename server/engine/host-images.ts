// Images on the host engine: looking them up, importing, building, and reading a folder out of one.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { type Header, pack } from 'tar-stream';
import { messageOf, SlipwayError } from '../errors.ts';
import { type LabelKind, labels, type Owner } from './labels.ts';

/** The engine that runs Slipway's own containers. */
export type HostEngine = Docker;

/** The longest build or import: slow mirrors are slow. */
const WORK_MS = 20 * 60_000;
/** Reading a folder out of an image. */
const EXPORT_MS = 5 * 60_000;

export interface BuildOptions {
  tag: string;
  buildArgs?: Record<string, string>;
  kind: LabelKind;
  labels?: Record<string, string>;
  onLine?: (line: string) => void;
  networkMode?: string;
  signal?: AbortSignal;
}

export interface AddOptions extends BuildOptions {
  /** Of the image. */
  folder: string;
  /** By their paths below it. */
  entries: { header: Header; content: Buffer }[];
}

export interface ImportOptions {
  kind: LabelKind;
  labels?: Record<string, string>;
  signal?: AbortSignal;
}

export class HostImages {
  readonly #engine: HostEngine;

  constructor(engine: HostEngine) {
    this.#engine = engine;
  }

  async imageExists(tag: string): Promise<boolean> {
    try {
      await this.#engine.getImage(tag).inspect();
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  /** Makes an image of one layer from a tar of a root folder. Throws when the engine refuses; then no image has the tag. */
  async importImage(tar: Readable, tag: string, { kind, labels: more, signal }: ImportOptions): Promise<void> {
    const [repo, version] = tag.split(':');
    const pairs = Object.entries(labels(kind, undefined, more)).map(([k, v]) => `${k}=${JSON.stringify(v)}`);
    const options = { repo, tag: version, changes: `LABEL ${pairs.join(' ')}`, abortSignal: signal };
    const answer = await this.#engine.importImage(tar as unknown as string, options);
    await readProgress(answer as Readable, `import ${tag}`, signal);
  }

  /** Builds a folder with the engine's classic builder. Throws with the build's last lines; then no image has the tag. */
  async buildImage(contextDir: string, options: BuildOptions): Promise<void> {
    await this.#build(await packFolder(contextDir), options);
  }

  /** Another image with these files in a folder, all owned by root. Throws as `buildImage`. */
  async addTo(image: string, { folder, entries, ...options }: AddOptions): Promise<void> {
    const tar = pack();
    tar.entry({ name: 'Dockerfile' }, `FROM ${image}\nCOPY added ${folder}\n`);
    for (const { header, content } of entries) tar.entry({ ...header, name: `added/${header.name}` }, content);
    tar.finalize();
    await this.#build(Readable.from(tar), options);
  }

  async #build(context: Readable, options: BuildOptions): Promise<void> {
    const { tag, buildArgs = {}, kind, labels: more, onLine, networkMode, signal } = options;
    const answer = await this.#engine.buildImage(context as unknown as string, {
      t: tag,
      version: '1',
      rm: true,
      forcerm: true,
      buildargs: buildArgs,
      labels: labels(kind, undefined, more),
      networkmode: networkMode,
      abortSignal: signal,
    });
    const stages: string[] = [];
    let layer = '';
    await readProgress(answer as Readable, `build ${tag}`, signal, (line) => {
      if (/^Step \d+\/\d+ : FROM /.test(line) && layer !== '') stages.push(layer);
      layer = /^ ---> ([0-9a-f]{12})$/.exec(line)?.[1] ?? layer;
      onLine?.(line);
    });
    // The classic builder leaves the images of earlier stages behind; one that something else uses refuses to go.
    for (const stage of stages)
      await this.#engine
        .getImage(stage)
        .remove()
        .catch(() => undefined);
  }

  /** The image as `docker save` gives it. Throws SlipwayError `no-such-image` where the engine has none of that name. */
  async save(image: string): Promise<Readable> {
    if (await this.imageExists(image)) return (await this.#engine.getImage(image).get()) as unknown as Readable;
    throw new SlipwayError(
      'no-such-image',
      `This machine’s engine has no image ${JSON.stringify(image)}, and there is no such file.`,
      {
        next: 'docker images shows what it has; or name the tar that docker save made.',
      },
    );
  }

  /**
   * Hands a tar stream of a folder of the image to `consume`; the container it is read from never runs and is removed. One
   * that an owner who was killed has left behind is removed, too.
   */
  async exportFromImage<T>(
    { image, path, owner }: { image: string; path: string; owner: Owner },
    consume: (tar: Readable) => Promise<T>,
  ): Promise<T> {
    const name = `slipway-parts-${owner.instance}`;
    await this.#engine
      .getContainer(name)
      .remove({ force: true, v: true })
      .catch((error) => {
        if (statusOf(error) !== 404) throw error;
      });
    const container = await this.#engine.createContainer({
      name,
      Image: image,
      Cmd: ['/export'],
      Entrypoint: [],
      NetworkDisabled: true,
      Labels: labels('parts', owner),
    });
    try {
      return await readArchive(container, { path, what: image, withinMs: EXPORT_MS }, consume);
    } finally {
      await container.remove({ force: true, v: true });
    }
  }
}

/** Hands a tar of a folder of the container to `consume`, which fails when it has not all come in time. */
export async function readArchive<T>(
  container: Docker.Container,
  { path, what, withinMs }: { path: string; what: string; withinMs: number },
  consume: (tar: Readable) => Promise<T>,
): Promise<T> {
  const tar = (await container.getArchive({ path })) as unknown as Readable;
  const late = setTimeout(() => tar.destroy(new Error(`${what} was not read in ${withinMs / 1000} s`)), withinMs);
  return consume(tar).finally(() => clearTimeout(late));
}

/** The HTTP status the engine answered with, if that is what was thrown. */
export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}

async function packFolder(dir: string): Promise<Readable> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const tar = pack();
  for (const file of files.sort()) {
    const { mode } = await stat(file);
    tar.entry({ name: relative(dir, file), mode: mode & 0o755, mtime: new Date(0) }, await readFile(file));
  }
  tar.finalize();
  // tar-stream's streams are streamx's, which Node's own read as any async iterable.
  return Readable.from(tar);
}

async function readProgress(
  answer: Readable,
  what: string,
  signal?: AbortSignal,
  onLine?: (line: string) => void,
): Promise<void> {
  const last: string[] = [];
  const abort = () => answer.destroy(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const late = setTimeout(() => answer.destroy(new Error(`it was not done in ${WORK_MS / 60_000} minutes`)), WORK_MS);
  try {
    for await (const json of createInterface({ input: answer })) {
      if (json.trim() === '') continue;
      const { stream, status, error } = JSON.parse(json) as { stream?: string; status?: string; error?: string };
      for (const line of (error ?? stream ?? status ?? '').split('\n').filter((text) => text.trim() !== '')) {
        onLine?.(line);
        last.push(line);
        if (last.length > 15) last.shift();
      }
      if (error !== undefined) throw new Error(error);
    }
    signal?.throwIfAborted();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw new SlipwayError(
      'image-build-failed',
      `The engine could not ${what}: ${messageOf(cause)}\n${last.join('\n')}`,
      {
        next: 'Read the lines above; where they speak of the network, check that this computer reaches Debian’s mirror, then start again.',
        cause,
      },
    );
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', abort);
    answer.destroy();
  }
}
