// The commands of the shell that are still on the screen or above it: their line, their end, and where they stand.

import { type ReadonlySignal, signal } from '@preact/signals';
import type { IDisposable, IMarker, Terminal } from '@xterm/xterm';
import { bufferText, type TextEnd } from './buffer-text.ts';
import { readMark } from './shell-marks.ts';

export type ShellCommand = {
  readonly id: number;
  /** As it was typed; empty where the shell does not tell it, or told only its beginning. */
  readonly line: string;
  /** Where it was typed; empty where the shell does not tell it. */
  readonly folder: string;
  readonly running: boolean;
  /** Null while it runs, and where nobody knows it. */
  readonly exitCode: number | null;
  readonly seconds: number | null;
  /** The row that it was typed in. */
  readonly head: IMarker;
  readonly outputStart: IMarker;
  /** Where its output ended; the marker stands in that row. */
  readonly outputEnd: { marker: IMarker; column: number } | null;
};

const SHELL_MARKS = 633;
/** Each marker is told of each line that leaves the scrollback, so that not too many may stand. */
const MOST_COMMANDS = 300;
/** marks.bash cuts a longer line. */
const WHOLE_LINE = 8192;

export class ShellCommands {
  /** The oldest first. */
  readonly all: ReadonlySignal<readonly ShellCommand[]>;
  private readonly commands = signal<readonly ShellCommand[]>([]);
  private readonly terminal: Terminal;
  private readonly handlers: IDisposable[];
  private nonce: string | null = null;
  private prompt: IMarker | null = null;
  private prompted = true;
  private line = '';
  private folder = '';
  private startedAt: number | null = null;
  private made = 0;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.all = this.commands;
    this.handlers = [
      terminal.parser.registerOscHandler(SHELL_MARKS, (data) => {
        this.read(data);
        return true;
      }),
      // A full reset forgets the rows without a word to their markers.
      terminal.parser.registerEscHandler({ final: 'c' }, () => {
        this.forget();
        return false;
      }),
    ];
  }

  /** Whether the shell waits for a command; false while a program runs or asks something. */
  get atPrompt(): boolean {
    return this.prompted;
  }

  trust(nonce: string): void {
    // In the order of the bytes, which are parsed later.
    this.terminal.write('', () => {
      this.nonce = nonce;
    });
  }

  /** Called where the scrollback was thrown away, and markers with it. */
  cleared(): void {
    if (this.prompted) this.prompt = this.mark();
    this.tidy();
  }

  /** What a command has printed, as far as it is still there; null where that cannot be told. */
  outputOf({ outputStart, outputEnd, running }: ShellCommand): string | null {
    const buffer = this.terminal.buffer.normal;
    const end: TextEnd | null = running
      ? { row: buffer.baseY + buffer.cursorY, column: buffer.cursorX }
      : outputEnd && !outputEnd.marker.isDisposed
        ? { row: outputEnd.marker.line, column: outputEnd.column }
        : null;
    if (!end) return null;
    if (!outputStart.isDisposed) return bufferText(buffer, outputStart.line, end);
    // Its beginning has left the scrollback: then nothing older is left.
    const older = this.commands.peek().some(({ head }) => !head.isDisposed && head.line < end.row);
    return older ? null : bufferText(buffer, 0, end);
  }

  /** The last rows of what a command has printed so far, at most so many. */
  tailOf(command: ShellCommand, rows: number): string {
    const buffer = this.terminal.buffer.normal;
    const { outputStart, outputEnd, running } = command;
    const last = running ? buffer.baseY + buffer.cursorY : (outputEnd?.marker.line ?? -1);
    if (last < 0) return '';
    const first = Math.max(outputStart.isDisposed ? 0 : outputStart.line, last - rows, 0);
    return bufferText(buffer, first, { row: last + 1, column: 0 });
  }

  dispose(): void {
    for (const handler of this.handlers) handler.dispose();
  }

  private read(data: string): void {
    const mark = readMark(data, this.nonce);
    if (mark?.kind === 'prompt') this.promptShown();
    else if (mark?.kind === 'line') this.line = mark.line.length < WHOLE_LINE ? mark.line : '';
    else if (mark?.kind === 'folder') this.folder = mark.folder;
    else if (mark?.kind === 'start') this.start(mark.at);
    else if (mark?.kind === 'end') this.end(mark.exitCode, mark.at);
    else if (mark?.kind === 'shell') this.end(null, null);
  }

  private promptShown(): void {
    this.prompted = true;
    this.prompt?.dispose();
    this.prompt = this.mark();
  }

  private start(at: number | null): void {
    this.prompted = false;
    this.startedAt = at;
    const outputStart = this.mark();
    const head = this.prompt && !this.prompt.isDisposed ? this.prompt : outputStart;
    this.prompt = null;
    this.made += 1;
    const { line, folder } = this;
    const ended = { running: true, exitCode: null, seconds: null, outputEnd: null };
    this.commands.value = [...this.commands.peek(), { id: this.made, line, folder, head, outputStart, ...ended }];
    this.line = this.folder = '';
    this.tidy();
  }

  private end(exitCode: number | null, at: number | null): void {
    const command = this.commands.peek().at(-1);
    if (!command?.running) return;
    const seconds = at === null || this.startedAt === null ? null : Math.max(0, at - this.startedAt);
    const normal = this.terminal.buffer.active.type === 'normal';
    const outputEnd = normal ? { marker: this.mark(), column: this.terminal.buffer.normal.cursorX } : null;
    const ended = { ...command, running: false, exitCode, seconds, outputEnd };
    this.commands.value = [...this.commands.peek().slice(0, -1), ended];
  }

  /** Drops the commands whose row is gone, and the oldest of too many. */
  private tidy(): void {
    const all = this.commands.peek();
    const kept = all.filter(({ head, running }) => running || !head.isDisposed).slice(-MOST_COMMANDS);
    if (kept.length === all.length) return;
    for (const command of all) {
      if (!kept.includes(command)) letGo(command);
    }
    this.commands.value = kept;
  }

  private forget(): void {
    for (const command of this.commands.peek()) letGo(command);
    this.commands.value = [];
    this.prompt?.dispose();
    this.prompt = null;
  }

  private mark(): IMarker {
    return this.terminal.registerMarker(0);
  }
}

function letGo({ head, outputStart, outputEnd }: ShellCommand): void {
  head.dispose();
  outputStart.dispose();
  outputEnd?.marker.dispose();
}
