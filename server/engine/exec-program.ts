// A program in a container, started by the engine, with its input and output.

import type { Duplex, Writable } from 'node:stream';
import type Docker from 'dockerode';
import { messageOf } from '../errors.ts';
import type { Program } from './carrier.ts';

export interface ExecOptions {
  /** The container's id: a name could be another's by now. */
  container: string;
  command: string[];
  /** `uid:gid`; never left out, for the container's own may be the host's root. */
  user: string;
}

/** The engine's stream has a head before each part: one byte which stream, three empty, four the length, big-endian. */
const HEAD = 8;
const STDERR = 2;
const MAX_SAID = 1_000;

/** Rejects where the engine does not start it. */
export async function execProgram(docker: Docker, { container, command, user }: ExecOptions): Promise<Program> {
  const exec = await docker.getContainer(container).exec({
    Cmd: command,
    User: user,
    WorkingDir: '/',
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  return new ExecProgram(await exec.start({ hijack: true, stdin: true, Tty: false }));
}

class ExecProgram implements Program {
  readonly input: Writable;
  readonly #stream: Duplex;
  readonly #head = Buffer.alloc(HEAD);
  #headLength = 0;
  #bodyLeft = 0;
  #said = '';

  constructor(stream: Duplex) {
    this.input = stream;
    this.#stream = stream;
  }

  onOutput(listener: (bytes: Buffer) => void): void {
    this.#stream.on('data', (chunk: Buffer) => {
      for (let at = 0; at < chunk.length; ) {
        if (this.#bodyLeft > 0) {
          const bytes = chunk.subarray(at, at + this.#bodyLeft);
          at += bytes.length;
          this.#bodyLeft -= bytes.length;
          if (this.#head[0] !== STDERR) listener(bytes);
          else this.#said = (this.#said + bytes.toString()).slice(-MAX_SAID);
          continue;
        }
        const copied = chunk.copy(this.#head, this.#headLength, at);
        at += copied;
        this.#headLength += copied;
        if (this.#headLength < HEAD) return;
        this.#headLength = 0;
        this.#bodyLeft = this.#head.readUInt32BE(4);
      }
    });
  }

  onEnd(listener: (said: string) => void): void {
    this.#stream.once('error', (error) => listener(messageOf(error)));
    this.#stream.once('close', () => listener(this.#said));
    this.#stream.once('end', () => listener(this.#said));
  }

  end(): void {
    this.#stream.destroy();
  }
}
