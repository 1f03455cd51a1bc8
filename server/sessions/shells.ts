// Reads all open terminals of one sandbox: for their commands, and to keep their screens.

import { rm } from 'node:fs/promises';
import type { CommandRecord } from '../checks/types.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { TerminalStore } from '../store/terminal-store.ts';
import { ScreenKeeper } from '../terminal/screen-keeper.ts';
import { ShellWatcher } from '../terminal/shell-watcher.ts';

export interface ShellsOptions {
  sandbox: Sandbox;
  terminals: TerminalStore;
  onStart: (line: string) => void;
  onCommand: (command: CommandRecord) => void;
  onEnded: (terminal: number) => void;
}

interface Watched {
  watcher: ShellWatcher;
  keeper: ScreenKeeper;
}

export class Shells {
  readonly #options: ShellsOptions;
  readonly #watched = new Map<number, Watched>();
  /** Where a command began or ended last: what a learner does now, they do there. */
  #last = 0;

  constructor(options: ShellsOptions) {
    this.#options = options;
    for (const { number } of options.terminals.of(options.sandbox.id)) this.open(number);
  }

  /** Of the terminal that was used last; another may go on with a program of its own. */
  get commandRunning(): boolean {
    return this.#watched.get(this.#last)?.watcher.commandRunning ?? false;
  }
  /** The terminal that was used last. */
  get last(): number {
    return this.#last;
  }
  get anyRunning(): boolean {
    return [...this.#watched.values()].some(({ watcher }) => watcher.commandRunning);
  }
  /** The command that runs at the prompt now, as typed, or null. */
  get runningLine(): string | null {
    return this.#watched.get(this.#last)?.watcher.runningLine ?? null;
  }

  open(number: number): void {
    const { sandbox, terminals, onStart, onCommand, onEnded } = this.#options;
    if (this.#watched.has(number)) return;
    const shell = sandbox.terminal(number);
    const row = terminals.of(sandbox.id).find((other) => other.number === number);
    const keeper = new ScreenKeeper(shell);
    const watcher = new ShellWatcher({
      shell,
      from: row?.terminal ? { terminal: row.terminal, byte: row.byte } : null,
      onRead: (terminal, byte) => terminals.setRead(sandbox.id, { number, terminal, byte }),
      onPrinted: (byte) => keeper.printed(byte),
      onStart: (line) => {
        this.#last = number;
        onStart(line);
      },
      onCommand: (command) => {
        this.#last = number;
        onCommand(number === 0 ? command : { ...command, terminal: number });
      },
      onEnded: () => onEnded(number),
    });
    this.#watched.set(number, { watcher, keeper });
  }

  /** It has ended. */
  drop(number: number): void {
    this.#close(number);
    void rm(this.#options.sandbox.terminal(number).screenFile, { force: true });
    if (this.#last === number) this.#last = 0;
  }

  close(): void {
    for (const number of [...this.#watched.keys()]) this.#close(number);
  }

  #close(number: number): void {
    const watched = this.#watched.get(number);
    this.#watched.delete(number);
    watched?.watcher.close();
    watched?.keeper.close();
  }
}
