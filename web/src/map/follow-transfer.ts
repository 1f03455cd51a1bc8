// The push or pull that the terminal shows, read again as its lines change.

import { effect, type Signal, signal } from '@preact/signals';
import type { TerminalScreen } from '../terminal/terminal-screen.ts';
import { readTransfer, type Transfer } from './transfer.ts';

/** No transfer of so many layers that it needs more. */
const ROWS = 80;
/** What may push or pull, by an alias too; the output itself tells whether it does. */
const MAY = /push|pull|run|docker|create|build/;
const EVERY_MS = 60;

/** Of the command with this number: two of them may look the same. */
export type Followed = Transfer & { command: number };

/** Null where the newest command is none. The function that comes with it ends it. */
export function transferOf(screen: TerminalScreen): { transfer: Signal<Followed | null>; stop: () => void } {
  const transfer: Signal<Followed | null> = signal(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known = '';
  const read = () => {
    timer = undefined;
    const command = screen.commands.all.peek().at(-1);
    if (!command || !(command.line === '' || MAY.test(command.line))) {
      known = '';
      transfer.value = null;
      return;
    }
    const text = screen.commands.tailOf(command, ROWS);
    if (text === known) return;
    known = text;
    const found = readTransfer(text, command.line);
    // A command's end is one of its transfer, too, whatever docker said last.
    const isCut = found?.state === 'going' && !command.running;
    const state = isCut ? (command.exitCode === 0 ? 'done' : 'failed') : found?.state;
    transfer.value = found && state ? { ...found, state, command: command.id } : null;
  };
  const soon = () => {
    timer ??= setTimeout(read, EVERY_MS);
  };
  const stops = [
    screen.onRender(() => screen.commands.all.peek().at(-1)?.running && soon()),
    effect(() => {
      screen.commands.all.value;
      known = '';
      soon();
    }),
  ];
  return {
    transfer,
    stop: () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
