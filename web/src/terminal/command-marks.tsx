// The marks beside the terminal's rows: one for each command, which tells how it ended and opens its menu.

import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { endText, remarkText } from './command-end.ts';
import type { Place } from './command-places.ts';
import type { ShellCommand } from './shell-commands.ts';
import type { TerminalScreen } from './terminal-screen.ts';

type Open = (command: ShellCommand, mark: DOMRect) => void;

export function CommandMarks({ screen, onOpen }: { screen: TerminalScreen; onOpen: Open }) {
  return (
    <div class="command-marks" style={{ blockSize: `${screen.height.value}px` }}>
      {screen.places.places.value.map((place) => (
        <CommandMark key={place.command.id} place={place} screen={screen} onOpen={onOpen} />
      ))}
    </div>
  );
}

function CommandMark({ place, screen, onOpen }: { place: Place; screen: TerminalScreen; onOpen: Open }) {
  const { command, row, rows, free } = place;
  const button = useRef<HTMLButtonElement>(null);
  const { chosen } = screen.places;
  const isChosen = chosen.value === command.id;

  useLayoutEffect(() => {
    if (isChosen) button.current?.focus({ preventScroll: true });
  }, [isChosen]);
  useEffect(
    () => () => {
      // Scrolled out of view, and the focus with it.
      if (chosen.peek() !== command.id) return;
      chosen.value = null;
      screen.focus();
    },
    [],
  );

  const open = () => button.current && onOpen(command, button.current.getBoundingClientRect());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') screen.jump(-1);
    else if (event.key === 'ArrowDown') screen.jump(1);
    else if (event.key === 'Escape') screen.focus();
    else {
      // Whoever types on means the prompt.
      if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) screen.focus();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const end = endText(command);
  const remark = remarkText(command);
  const percent = (share: number) => `${(100 * share) / screen.rows}%`;
  return (
    <div class="command-place" style={{ insetBlockStart: percent(row), blockSize: percent(rows) }}>
      <button
        ref={button}
        type="button"
        tabIndex={-1}
        class="command-mark"
        data-end={lookOf(command)}
        style={{ blockSize: `${100 / rows}%` }}
        title={end}
        aria-label={texts.command.mark({ line: command.line || texts.command.hidden, end })}
        aria-haspopup="menu"
        onClick={open}
        onContextMenu={(event) => {
          event.preventDefault();
          open();
        }}
        onKeyDown={onKeyDown}
        onFocus={() => {
          chosen.value = command.id;
        }}
        onBlur={() => {
          if (chosen.peek() === command.id) chosen.value = null;
        }}
      />
      {remark && free > remark.length + 3 && (
        <span class="command-remark" data-end={lookOf(command)} aria-hidden="true">
          {remark}
        </span>
      )}
    </div>
  );
}

function lookOf({ running, exitCode }: ShellCommand): 'running' | 'well' | 'failed' | 'unknown' {
  if (running) return 'running';
  if (exitCode === null) return 'unknown';
  return exitCode === 0 ? 'well' : 'failed';
}
