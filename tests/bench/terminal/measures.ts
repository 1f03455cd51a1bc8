// What is measured at a terminal: an echo, a big listing, Ctrl-C, the way to a prompt, and memory.

import { readdirSync, readFileSync } from 'node:fs';
import { pause } from '../figures.ts';
import { Page } from './page.ts';
import type { Rival } from './rival.ts';

const PACE_MS = 10;
const KEYS_PER_LINE = 50;
/** Slow xterm.js: that of an old laptop. */
export const SLOW_PAGE_BYTES_PER_SECOND = 10_000_000;
export const PROMPT = 'root@slipway';
const LINE_BYTES = 1024;
const FLOOD_MS = 1500;
const SETTLE_MS = 700;
const CUT_LINE = '\x15';
const INTERRUPT = '\x03';
const END_OF_INPUT = '\x04';

/** A shell at its prompt. */
export class Shell {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(rival: Rival, bytesPerSecond?: number): Promise<Shell> {
    const page = new Page(rival.open(), bytesPerSecond === undefined ? {} : { bytesPerSecond });
    await page.shows(PROMPT);
    return new Shell(page);
  }

  /** Each key's way to the shell and back, in ms. The line is cut in time, so that it never wraps. */
  async echoes(keys: number): Promise<number[]> {
    const times: number[] = [];
    for (let n = 0; n < keys; n++) {
      if (n % KEYS_PER_LINE === 0) {
        this.page.type(CUT_LINE);
        await pause(100);
      }
      const next = performance.now() + PACE_MS;
      times.push(await this.page.answers('x', 'x'));
      await pause(next - performance.now());
    }
    this.page.type(CUT_LINE);
    await pause(50);
    return times;
  }

  /** Lists a file of so many MiB, made before; every byte is compared. Answers MB/s. */
  async listing(mebibytes: number): Promise<number> {
    const lines = mebibytes * LINE_BYTES;
    const filling = 'x'.repeat(LINE_BYTES - 10);
    await this.run(`p=$(printf '%0${filling.length}d' 0); seq -f "%08.0f \${p//0/x}" 1 ${lines} > /tmp/listing`);
    const reader = new ListingReader(lines, filling);
    this.page.onParsed = (bytes) => reader.read(bytes);
    const began = performance.now();
    await this.page.answers(`printf 'BE''GIN\\n'; cat /tmp/listing; printf 'E''ND\\n'\r`, 'END\r\n');
    const seconds = (performance.now() - began) / 1000;
    this.page.onParsed = () => {};
    reader.check();
    await this.run('rm /tmp/listing');
    return reader.bytes / 1e6 / seconds;
  }

  async run(command: string): Promise<void> {
    await this.page.answers(`${command}; printf 'DO''NE\\n'\r`, 'DONE\r\n');
  }

  /** A page that parses 10 MB/s: from Ctrl-C on an endless program to the prompt on the screen, in ms. */
  async interrupt(): Promise<number> {
    await this.page.answers(`yes $(printf '%0${LINE_BYTES}d' 0)\r`, '0000000\r\n');
    await pause(FLOOD_MS);
    return this.page.answers(INTERRUPT, PROMPT);
  }

  /** Where a new one belongs to each line, it ends; Slipway's stays for the next page. */
  async leave(ends: boolean): Promise<void> {
    if (ends) this.page.type(`${CUT_LINE}${END_OF_INPUT}`);
    await pause(50);
    this.page.close();
  }
}

/** From connecting to a prompt on the screen, in ms. */
export async function opening(rival: Rival, ends: boolean): Promise<number> {
  const began = performance.now();
  const shell = await Shell.open(rival);
  const ms = performance.now() - began;
  await shell.leave(ends);
  return ms;
}

export function slowShell(rival: Rival): Promise<Shell> {
  return Shell.open(rival, SLOW_PAGE_BYTES_PER_SECOND);
}

/** What each of so many idle terminals adds to the memory of the server and all that it has started, in MB. */
export async function memoryPerTerminal(rival: Rival, terminals: number, ends: boolean): Promise<number> {
  const before = memoryMb(rival.pid);
  const shells = await Promise.all(Array.from({ length: terminals }, () => Shell.open(rival)));
  await pause(SETTLE_MS);
  const after = memoryMb(rival.pid);
  await Promise.all(shells.map((shell) => shell.leave(ends)));
  await pause(SETTLE_MS);
  return (after - before) / terminals;
}

/** Resident memory of a process and of all below it. */
export function memoryMb(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = read(`/proc/${name}/status`);
    parents.set(Number(name), Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0));
  }
  const family = new Set([pid]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  return [...family].reduce((sum, each) => sum + residentKb(each), 0) / 1000;
}

function residentKb(pid: number): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1.024;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Compares a listing with what it must be, between BEGIN and END. */
class ListingReader {
  bytes = 0;
  readonly #lines: number;
  readonly #line: Buffer;
  #begun = false;
  #before = '';
  #after = '';

  constructor(lines: number, filling: string) {
    this.#lines = lines;
    this.#line = Buffer.from(`00000000 ${filling}\r\n`);
    this.#number(1);
  }

  read(bytes: Buffer): void {
    let at = 0;
    if (!this.#begun) {
      this.#before += bytes.toString('latin1');
      const begin = this.#before.indexOf('BEGIN\r\n');
      if (begin < 0) return;
      this.#begun = true;
      at = bytes.length - (this.#before.length - begin - 'BEGIN\r\n'.length);
    }
    const total = this.#lines * this.#line.length;
    while (at < bytes.length && this.bytes < total) {
      const within = this.bytes % this.#line.length;
      if (within === 0) this.#number(this.bytes / this.#line.length + 1);
      const length = Math.min(this.#line.length - within, bytes.length - at);
      if (this.#line.compare(bytes, at, at + length, within, within + length) !== 0) {
        throw new Error(`the listing differs within its ${this.bytes + length} first bytes`);
      }
      this.bytes += length;
      at += length;
    }
    this.#after += bytes.toString('latin1', at);
  }

  check(): void {
    if (this.bytes !== this.#lines * this.#line.length || !this.#after.startsWith('END\r\n')) {
      throw new Error(`${this.bytes} bytes came of ${this.#lines * this.#line.length}`);
    }
  }

  #number(line: number): void {
    this.#line.write(String(line).padStart(8, '0'), 0, 'latin1');
  }
}
