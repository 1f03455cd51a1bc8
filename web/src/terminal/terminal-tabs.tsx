// The row of terminals, where there are several: which is in front, which to close, whether two stand beside each other.

import { useEffect, useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';

export function TerminalTabs({ run }: { run: LessonRun }) {
  const { terminals } = run;
  const row = useRef<HTMLDivElement>(null);
  const all = terminals.all.value;
  const front = terminals.front.value;
  // On a phone there may be more than fit.
  useEffect(() => {
    row.current?.querySelector('[data-front=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [front, all]);
  if (all.length < 2) return null;
  const isSplit = terminals.shown.value.length > 1;
  const choose = (number: number) => {
    terminals.choose(number);
    run.focusTerminal();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div ref={row} role="group" class="terminal-tabs" aria-label={texts.terminal.tabs}>
      {all.map((terminal) => (
        <span key={terminal.number} class="terminal-tab" data-front={terminal === front}>
          <button type="button" aria-pressed={terminal === front} onClick={() => choose(terminal.number)}>
            {texts.terminal.numbered({ n: terminal.number + 1 })}
          </button>
          {terminal.number !== 0 && (
            <button
              type="button"
              class="terminal-tab-close"
              aria-label={texts.terminal.closeNumbered({ n: terminal.number + 1 })}
              onClick={() => void run.closeTerminal(terminal.number)}
            >
              <Icon name="cross" />
            </button>
          )}
        </span>
      ))}
      <button
        type="button"
        class="terminal-split"
        aria-pressed={isSplit}
        onClick={() => {
          terminals.split(!isSplit);
          run.focusTerminal();
        }}
      >
        {texts.terminal.split}
      </button>
    </div>
  );
}
