// Images that whoever runs this server added, answered from the data folder: whatever is on the list now is there at once.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type AddedImage, blobFile, readAdded } from '../images/added-index.ts';
import type { RepositoryPath } from './paths.ts';

interface Thing {
  digest: string;
  size: number;
  mediaType: string;
}

export class AddedImages {
  readonly #dir: string;
  readonly #onProblem: (error: unknown) => void;
  #read: { stamp: string; images: AddedImage[] } = { stamp: '', images: [] };

  /** `onProblem` hears of a list that cannot be read; then there are none. */
  constructor(dir: string, onProblem: (error: unknown) => void = () => {}) {
    this.#dir = dir;
    this.#onProblem = onProblem;
  }

  /** As learners write them, without tags. */
  async names(): Promise<string[]> {
    return [...new Set((await this.list()).map(({ repository }) => repository.replace(/^library\//, '')))];
  }

  async has(repository: string): Promise<boolean> {
    return (await this.#of(repository)).length > 0;
  }

  async tags(repository: string): Promise<string[]> {
    return (await this.#of(repository)).map(({ tag }) => tag);
  }

  /** Answers a read and says how many bytes were sent; null where no added image has it, and nothing was answered. */
  async answer(asked: IncomingMessage, response: ServerResponse, path: RepositoryPath): Promise<number | null> {
    const thing = thingOf(await this.#of(path.repository), path);
    if (thing === null) return null;
    const file = blobFile(this.#dir, thing.digest);
    // One that was removed a moment ago is unknown, as any other.
    if ((await stat(file).catch(() => null))?.size !== thing.size) return null;
    const headers = {
      'docker-distribution-api-version': 'registry/2.0',
      'docker-content-digest': thing.digest,
      etag: `"${thing.digest}"`,
      'accept-ranges': 'bytes',
    };
    if (asked.headers['if-none-match']?.includes(thing.digest)) {
      response.writeHead(304, headers).end();
      return 0;
    }
    const start = startOf(asked.headers.range, thing.size);
    const length = thing.size - start;
    response.writeHead(start > 0 ? 206 : 200, {
      ...headers,
      'content-type': thing.mediaType,
      'content-length': length,
      ...(start > 0 && { 'content-range': `bytes ${start}-${thing.size - 1}/${thing.size}` }),
    });
    if (asked.method === 'HEAD') {
      response.end();
      return 0;
    }
    const source = createReadStream(file, { start });
    // Who has all of it may be gone before this side knows: it was served all the same, as far as it was read.
    await pipeline(source, response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
    return source.bytesRead;
  }

  /** All of them, as the list is now. */
  async list(): Promise<readonly AddedImage[]> {
    try {
      const { ino, mtimeNs } = await stat(join(this.#dir, 'index.json'), { bigint: true });
      const stamp = `${ino} ${mtimeNs}`;
      if (stamp !== this.#read.stamp) this.#read = { stamp, images: await readAdded(this.#dir) };
    } catch (error) {
      if (this.#read.stamp !== '') this.#read = { stamp: '', images: [] };
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#onProblem(error);
    }
    return this.#read.images;
  }

  async #of(repository: string): Promise<AddedImage[]> {
    return (await this.list()).filter((image) => image.repository === repository);
  }
}

function thingOf(images: AddedImage[], { kind, reference }: RepositoryPath): Thing | null {
  if (kind === 'manifest')
    return images.find(({ tag, manifest }) => tag === reference || manifest.digest === reference)?.manifest ?? null;
  if (kind !== 'blob') return null;
  const blob = images.flatMap(({ blobs }) => blobs).find(({ digest }) => digest === reference);
  return blob ? { ...blob, mediaType: 'application/octet-stream' } : null;
}

/** An engine whose download broke off asks for the rest. */
function startOf(range: string | undefined, size: number): number {
  const start = Number(/^bytes=(\d{1,15})-$/.exec(range ?? '')?.[1] ?? 0);
  return start < size ? start : 0;
}
