// Types at a sandbox's shell as a learner would: a command after the end of the one before, an answer when it is asked for.

import { stripVTControlCharacters } from 'node:util';
import type { Dial } from '../dial.ts';
import { HolderClient } from './holder-client.ts';
import { reached } from './reached.ts';
import { ShellIntegration } from './shell-integration.ts';

export interface TypistOptions {
  shell: Dial;
  nonce: string;
  /** `live`: the shell stands at its prompt. A number: from this byte of the terminal on, a prompt is waited for. */
  from: number | 'live';
  signal?: AbortSignal;
}

export interface TypeOptions {
  /** A command that has not ended by then is left to itself, or cut by Ctrl-C where `cut` is set. */
  commandMs: number;
  cut?: boolean;
  /** Asked while a command runs: true where its end need not be waited for. */
  enough?: () => boolean;
}

const ANSWER = '< ';
const ASKING_MS = 10_000;
const AFTER_CUT_MS = 3_000;
/** What is about to end is not cut: the Ctrl-C would meet the next prompt, and what is typed there. */
const BEFORE_CUT_MS = 500;
const STARTED = '\x1b]633;C;';
const PROMPTED = '\x1b]633;B;';
const MAX_TAIL = 4096;
/** A program that asks leaves the cursor behind `Username: `, `Password: `, `[y/N] `. */
const QUESTION = /[:?\]>)] ?$/;

export class Typist {
  readonly #shell: HolderClient;
  #tail = '';
  #prompts: number;
  #ends = 0;
  #exitCode: number | null = null;
  #endedMs = 0;
  /** How far the terminal has been read. */
  #read: number;

  private constructor(shell: HolderClient, { nonce, from }: TypistOptions) {
    this.#shell = shell;
    this.#prompts = from === 'live' ? 1 : 0;
    this.#read = shell.welcome.start;
    const integration = new ShellIntegration({
      nonce,
      onCommand: ({ exitCode }) => {
        this.#ends += 1;
        this.#exitCode = exitCode;
        this.#endedMs = performance.now();
      },
    });
    shell.onOutput = (bytes, offset) => {
      integration.push(bytes, offset);
      this.#read = offset + bytes.length;
      this.#tail = (this.#tail + bytes.toString('latin1')).slice(-MAX_TAIL);
      if (this.#tail.includes(PROMPTED)) this.#prompts = 1;
    };
    shell.resume();
  }

  /** Rejects where the shell cannot be reached. */
  static async connect(options: TypistOptions): Promise<Typist> {
    const { shell, from, signal } = options;
    return new Typist(await HolderClient.connect(shell, { role: 'owner', from, signal }), options);
  }

  /** Of the command that ended last. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  /** When that one had ended, on `performance.now()`. */
  get endedMs(): number {
    return this.#endedMs;
  }

  /** Leaves what somebody has half typed at the prompt, also where it goes on over several lines. */
  async clearPrompt(): Promise<void> {
    await reached(() => this.#read >= this.#shell.welcome.next, ASKING_MS);
    const prompt = this.#tail.lastIndexOf(PROMPTED);
    const typed = stripVTControlCharacters(this.#tail.slice(prompt).replace(/^\x1b\]633;B;[^\x07]*\x07/, ''));
    if (prompt >= 0 && typed.trim() === '') return;
    this.#tail = '';
    this.#shell.write(Buffer.from('\x03'));
    await reached(() => this.#tail.includes(PROMPTED), AFTER_CUT_MS);
  }

  /** True when every command has ended; false where one still ran at its deadline, or was cut. */
  async type(lines: readonly string[], options: TypeOptions): Promise<boolean> {
    await reached(() => this.#prompts > 0, ASKING_MS);
    let all = true;
    for (const [command = '', ...answers] of withAnswers(lines)) {
      const ends = this.#ends;
      const ended = () => this.#ends > ends;
      this.#tail = '';
      this.#write(command);
      await reached(() => this.#tail.includes(STARTED) || ended(), ASKING_MS);
      this.#tail = this.#tail.slice(this.#tail.lastIndexOf(STARTED));
      for (const answer of answers) {
        await reached(() => ended() || this.#isAsked(), ASKING_MS);
        if (ended()) break;
        this.#tail = '';
        this.#write(answer.slice(ANSWER.length));
      }
      await reached(() => ended() || options.enough?.() === true, options.commandMs);
      if (ended()) continue;
      all = false;
      if (options.cut && !(await this.#interrupt(ended))) return false;
    }
    return all;
  }

  close(): void {
    this.#shell.close();
  }

  /** Presses Ctrl-C where the command goes on; true when it has ended. */
  async #interrupt(ended: () => boolean): Promise<boolean> {
    if (await reached(ended, BEFORE_CUT_MS)) return true;
    this.#shell.write(Buffer.from('\x03'));
    return reached(ended, AFTER_CUT_MS);
  }

  #write(line: string): void {
    this.#shell.write(Buffer.from(`${line}\r`));
  }

  #isAsked(): boolean {
    const shown = stripVTControlCharacters(this.#tail.replace(/^\x1b\]633;C;[^\x07]*\x07/, ''));
    return QUESTION.test(shown.split(/[\r\n]/).at(-1) ?? '');
  }
}

/** Each command with the lines of answers, `< text`, that follow it. */
export function withAnswers(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (line.startsWith(ANSWER) && last) last.push(line);
    else groups.push([line]);
  }
  return groups;
}
