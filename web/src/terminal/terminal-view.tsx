// One terminal: its screen, the marks of its commands and its bell, shown or kept out of sight.

import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import type { MenuPlace } from '../parts/menu.tsx';
import { texts } from '../texts.ts';
import { BellFlash } from './bell-flash.tsx';
import { CommandMarks } from './command-marks.tsx';
import { followLongPress } from './long-press.ts';
import type { ShellCommand } from './shell-commands.ts';
import type { PageTerminal } from './terminals.ts';

type Props = {
  run: LessonRun;
  terminal: PageTerminal;
  onPaste: (text: string) => void;
  onSearch: () => void;
  onMenu: (place: MenuPlace) => void;
  onCommand: (command: ShellCommand, place: MenuPlace) => void;
  onMissing: () => void;
};

export function TerminalView({ run, terminal, onPaste, onSearch, onMenu, onCommand, onMissing }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const gone = useSignal(false);
  const { terminals } = run;
  // On its way while the page is drawn for the first time.
  const code = useMemo(() => {
    const loading = import('./terminal-screen.ts');
    // Told below; until then nobody waits for it.
    loading.catch(() => undefined);
    return loading;
  }, [terminal]);
  useEffect(() => {
    const load = async () => {
      const { TerminalScreen } = await code;
      if (gone.peek() || !host.current) return;
      const screen = new TerminalScreen(host.current, {
        onInput: (bytes) => terminal.link.send(bytes),
        onResize: () => terminal.link.resize(),
        onPaste,
        onSearch,
        onTurn: (step) => {
          terminals.turn(step);
          run.focusTerminal();
        },
      });
      run.show(terminal, screen);
      if (terminal.number !== 0 && terminals.front.peek() === terminal) run.focusTerminal();
    };
    load().catch(onMissing);
    const stop = host.current ? followLongPress(host.current, onMenu) : null;
    return () => {
      gone.value = true;
      stop?.();
      terminal.screen.peek()?.dispose();
      terminal.screen.value = null;
    };
  }, [terminal]);

  const screen = terminal.screen.value;
  const shown = terminals.shown.value;
  const isShown = shown.includes(terminal.number);
  const isFront = terminals.front.value === terminal;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={texts.terminal.numbered({ n: terminal.number + 1 })}
      class="terminal-view"
      data-front={isFront && shown.length > 1}
      data-follows={terminal.link.follows.value}
      inert={!isShown}
      style={{ gridColumn: isShown ? shown.indexOf(terminal.number) + 1 : 1 }}
      onFocusIn={() => terminals.choose(terminal.number)}
    >
      <div ref={host} class="terminal-host" />
      {screen && (
        <CommandMarks
          screen={screen}
          onOpen={(command, { left, bottom }) => onCommand(command, { x: left, y: bottom })}
        />
      )}
      {screen && <BellFlash rung={screen.bell} />}
    </div>
  );
}
