// The files of a learner's computer, as their own root inside their world sees them, through their relay.
// The learner may replace the service behind it (sandbox/learner/files.c): what it answers is only data.

import type { Dial } from '../dial.ts';
import { SlipwayError, systemCode } from '../errors.ts';

const TIMEOUT_MS = 3_000;
const MAX_PATH_BYTES = 1_024;
const MAX_FILE_BYTES = 1024 * 1024;
const HOME = '/root';
const NO_NAMES = ['', '.', '..'];

type Verb = 'R' | 'W' | 'D';
type Answer = { state: 'done'; bytes: Buffer } | { state: 'missing' } | { state: 'refused'; reason: string };

/** Paths are absolute or `~/…`. Everything throws SlipwayError `files-away` where the service gives no answer in 3 s. */
export class SandboxFiles {
  readonly #dial: Dial;

  constructor(dial: Dial) {
    this.#dial = dial;
  }

  /** The first MiB of a file's text; null where there is no file at this path. */
  async read(path: string): Promise<string | null> {
    return (await this.readBytes(path))?.toString('utf8') ?? null;
  }

  /** The first MiB of a file; null where there is no file at this path. */
  async readBytes(path: string): Promise<Buffer | null> {
    const answer = await this.#ask('R', path);
    return answer.state === 'done' ? answer.bytes : null;
  }

  /** Writes the whole file, making its folders. Throws SlipwayError `file-refused` where the learner's world refuses. */
  async write(path: string, content: string | Buffer): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    if (bytes.length > MAX_FILE_BYTES) throw refused(path, 'more than 1 MiB');
    const answer = await this.#ask('W', path, bytes);
    if (answer.state !== 'done') throw refused(path, answer.state === 'refused' ? answer.reason : 'no such folder');
  }

  /** Removes a file, or a folder with what is in it; nothing happens where there is none. Throws as `write`. */
  async remove(path: string): Promise<void> {
    const answer = await this.#ask('D', path);
    if (answer.state === 'refused') throw refused(path, answer.reason);
  }

  #ask(verb: Verb, path: string, content: Buffer = Buffer.alloc(0)): Promise<Answer> {
    const request = frame(verb, absolute(path), content);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let received = 0;
      let length: number | null = null;
      const socket = this.#dial();
      const deadline = setTimeout(() => socket.destroy(new Error('no answer in time')), TIMEOUT_MS);
      const failed = (cause: unknown) => reject(away(cause));
      socket.write(request);
      socket.on('error', failed);
      socket.on('close', () => (clearTimeout(deadline), failed(new Error('it hung up'))));
      socket.on('data', (bytes: Buffer) => {
        chunks.push(bytes);
        received += bytes.length;
        if (received < 4) return;
        length ??= Buffer.concat(chunks).readUInt32LE();
        if (length < 1 || length > MAX_FILE_BYTES + 1) return socket.destroy(new Error('no sensible answer'));
        if (received < 4 + length) return;
        resolve(parse(Buffer.concat(chunks).subarray(4, 4 + length)));
        socket.destroy();
      });
    });
  }
}

/** u32 length of what follows, verb, u16 length of the path, path, content; little-endian. */
function frame(verb: Verb, path: string, content: Buffer): Buffer {
  const name = Buffer.from(path);
  const head = Buffer.alloc(7);
  head.writeUInt32LE(3 + name.length + content.length, 0);
  head.write(verb, 4, 'latin1');
  head.writeUInt16LE(name.length, 5);
  return Buffer.concat([head, name, content]);
}

function parse(payload: Buffer): Answer {
  const bytes = payload.subarray(1);
  const kind = String.fromCharCode(payload[0] ?? 0);
  if (kind === 'O') return { state: 'done', bytes };
  if (kind === 'N') return { state: 'missing' };
  return { state: 'refused', reason: bytes.toString('utf8', 0, 200) };
}

function absolute(path: string): string {
  const full = path.startsWith('~/') ? `${HOME}${path.slice(1)}` : path;
  const names = full.split('/').slice(1);
  const sound =
    full.startsWith('/') && full !== HOME && !full.includes('\0') && !names.some((name) => NO_NAMES.includes(name));
  if (sound && Buffer.byteLength(full) <= MAX_PATH_BYTES) return full;
  throw new SlipwayError('bad-path', `${JSON.stringify(path.slice(0, 200))} is not a path in a learner's computer`, {
    next: 'Paths start with / or ~/ and name a file plainly: no .. and no / at the end.',
  });
}

function refused(path: string, reason: string): SlipwayError {
  return new SlipwayError('file-refused', `the file ${path} of the learner's computer: ${reason}`, {
    next: 'Look at this path in the sandbox, or start again with a fresh one.',
  });
}

function away(cause: unknown): SlipwayError {
  const why = systemCode(cause) ?? (cause instanceof Error ? cause.message : 'no answer');
  return new SlipwayError('files-away', `the sandbox's files cannot be reached (${why})`, {
    next: 'Wait a moment: the service is started again by itself. Otherwise start again with a fresh sandbox.',
    cause,
  });
}
