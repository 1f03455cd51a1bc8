// Finds each command, its exit code and its output in the shell's byte stream.
// https://code.visualstudio.com/docs/terminal/shell-integration (OSC 633), each mark with a nonce at its end:
// the nonce keeps a printed file from faking a command, not the learner, who can fake only their own progress.

import { stripVTControlCharacters } from 'node:util';
import type { CommandRecord } from '../checks/types.ts';
import { OutputEnds } from './output-ends.ts';

const MARK = Buffer.from('\x1b]633;');
const BELL = 0x07;
const NOTHING = Buffer.alloc(0);
const MAX_MARK_BYTES = 64 * 1024;
/** As of a command that SIGHUP ended. */
const HUNG_UP = 129;

export interface ShellIntegrationOptions {
  nonce: string;
  /** A command begins. */
  onStart?: (line: string) => void;
  onCommand: (command: CommandRecord, endByte: number) => void;
}

export class ShellIntegration {
  readonly #options: ShellIntegrationOptions;
  #rest: Buffer = NOTHING;
  #line = '';
  #running: { line: string; startedAtMs: number; output: OutputEnds } | null = null;

  constructor(options: ShellIntegrationOptions) {
    this.#options = options;
  }

  get commandRunning(): boolean {
    return this.#running !== null;
  }
  /** The command that runs at the prompt now, as typed, or null. */
  get runningLine(): string | null {
    return this.#running?.line ?? null;
  }

  /** `offset` is the number of the first of `bytes`, which are not kept. */
  push(bytes: Buffer, offset: number): void {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    const base = offset - this.#rest.length;
    this.#rest = NOTHING;
    let at = 0;
    for (;;) {
      const start = data.indexOf(MARK, at);
      if (start < 0) break;
      const end = data.indexOf(BELL, start + MARK.length);
      if (end < 0) {
        this.#running?.output.push(data.subarray(at, start));
        if (data.length - start <= MAX_MARK_BYTES) this.#rest = Buffer.from(data.subarray(start));
        return;
      }
      this.#running?.output.push(data.subarray(at, start));
      this.#mark(data.toString('utf8', start + MARK.length, end), base + end + 1);
      at = end + 1;
    }
    const partial = partialMark(data, at);
    this.#running?.output.push(data.subarray(at, partial));
    if (partial < data.length) this.#rest = Buffer.from(data.subarray(partial));
  }

  /** Bytes are missing: a command that was running has an unknown output. */
  gap(): void {
    this.#rest = NOTHING;
  }

  #mark(text: string, endByte: number): void {
    const parts = text.split(';');
    if (parts.length < 2 || parts.pop() !== this.#options.nonce) return;
    const [kind, value = ''] = parts;
    if (kind === 'E') this.#line = unescapeLine(value);
    else if (kind === 'C') this.#start();
    else if (kind === 'D') this.#end(exitCodeOf(value), endByte);
    // A new shell: the old one was replaced (`exec`, `exit`, a kill) while this ran.
    else if (kind === 'S') this.#end(HUNG_UP, endByte);
  }

  #start(): void {
    this.#running = { line: this.#line, startedAtMs: Date.now(), output: new OutputEnds() };
    this.#options.onStart?.(this.#line);
  }

  #end(exitCode: number, endByte: number): void {
    if (!this.#running) return;
    const { line, startedAtMs, output: ends } = this.#running;
    this.#running = null;
    const output = plainText(ends.bytes().toString('utf8'));
    this.#options.onCommand({ line, exitCode, output, startedAtMs, endedAtMs: Date.now() }, endByte);
  }
}

function exitCodeOf(value: string): number {
  const code = Number.parseInt(value, 10);
  return Number.isNaN(code) ? 0 : code;
}

/** Where a mark may have begun that the next bytes complete. */
function partialMark(data: Buffer, from: number): number {
  for (let length = Math.min(MARK.length - 1, data.length - from); length > 0; length--) {
    if (data.subarray(data.length - length).equals(MARK.subarray(0, length))) return data.length - length;
  }
  return data.length;
}

/** Undoes the escapes of the E mark: `\\` and `\xHH`, of bytes that together are UTF-8. */
function unescapeLine(value: string): string {
  const latin = Buffer.from(value, 'utf8').toString('latin1');
  const bytes = latin.replace(/\\(?:\\|x([0-9a-fA-F]{2}))/g, (_, hex?: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : '\\',
  );
  return Buffer.from(bytes, 'latin1').toString('utf8').trim();
}

/** What a reader saw: no control sequences, and of a line written over only its last form. */
function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .join('\n');
}
