// Where the visible rows' commands stand, and which of them the keyboard has chosen.

import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { IDisposable, Terminal } from '@xterm/xterm';
import type { ShellCommand, ShellCommands } from './shell-commands.ts';

/** In rows from the top of what is in view. */
export type Place = {
  readonly command: ShellCommand;
  readonly row: number;
  /** How many rows it and its output take, as far as they are in view. */
  readonly rows: number;
  /** How many columns are free behind what was typed. */
  readonly free: number;
};

/** Rows of before a command that stay in view where it is jumped to. */
const ABOVE = 1;

export class CommandPlaces {
  readonly places: ReadonlySignal<readonly Place[]>;
  readonly chosen: Signal<number | null> = signal(null);
  private readonly placed = signal<readonly Place[]>([]);
  private readonly terminal: Terminal;
  private readonly commands: ShellCommands;
  private readonly stops: (() => void)[];
  private known = '';

  constructor(terminal: Terminal, commands: ShellCommands) {
    this.terminal = terminal;
    this.commands = commands;
    this.places = this.placed;
    const rendered: IDisposable = terminal.onRender(() => this.place());
    this.stops = [
      () => rendered.dispose(),
      effect(() => {
        commands.all.value;
        this.place();
      }),
    ];
  }

  /** Chooses the command before or after the chosen one; false behind the last, where the prompt is. */
  jump(step: -1 | 1): boolean {
    const all = this.commands.all.peek().filter(({ head }) => !head.isDisposed);
    const at = all.findIndex(({ id }) => id === this.chosen.peek());
    const next = at < 0 ? (step < 0 ? all.length - 1 : all.length) : Math.max(0, at + step);
    const command = all[next];
    if (command) this.choose(command);
    return command !== undefined;
  }

  choose({ id, head }: ShellCommand): void {
    const { viewportY } = this.terminal.buffer.active;
    if (head.line < viewportY || head.line >= viewportY + this.terminal.rows) {
      this.terminal.scrollToLine(Math.max(0, head.line - ABOVE));
    }
    this.chosen.value = id;
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  private place(): void {
    const { active } = this.terminal.buffer;
    const { cols, rows } = this.terminal;
    const first = active.viewportY;
    const inView = this.commands.all
      .peek()
      .filter(({ head }) => !head.isDisposed && head.line >= first && head.line < first + rows);
    const shown = active.type === 'normal' ? inView : [];
    const spans = shown.map((command) => ({ command, row: command.head.line - first, rows: this.rowsOf(command) }));
    const known = spans.map(({ command, row, rows }) => `${command.id}${command.running} ${row} ${rows}`).join() + cols;
    if (known === this.known) return;
    this.known = known;
    this.placed.value = spans.map((span) => ({
      ...span,
      rows: Math.min(span.rows, rows - span.row),
      free: this.freeBehind(span.command.head.line),
    }));
  }

  private rowsOf({ head, running, outputEnd }: ShellCommand): number {
    const { baseY, cursorY } = this.terminal.buffer.active;
    if (running) return baseY + cursorY - head.line + 1;
    if (!outputEnd || outputEnd.marker.isDisposed) return 1;
    const last = outputEnd.column > 0 ? outputEnd.marker.line : outputEnd.marker.line - 1;
    return Math.max(1, last - head.line + 1);
  }

  private freeBehind(row: number): number {
    const { active } = this.terminal.buffer;
    if (active.getLine(row + 1)?.isWrapped) return 0;
    return this.terminal.cols - (active.getLine(row)?.translateToString(true).length ?? 0);
  }
}
