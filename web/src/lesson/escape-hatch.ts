// The keyboard's way between the panes: out of the terminal, which takes Tab for itself, and by the skip links.

import { useEffect } from 'preact/hooks';
import type { Pane } from '../panes/panes.ts';
import type { LessonRun } from './lesson-run.ts';

export function useEscapeHatch(run: LessonRun): void {
  useEffect(() => {
    const go = (pane: Pane) => {
      if (pane === 'terminal') return run.focusTerminal();
      run.panes.show(pane);
      // Once the page shows it: what is hidden takes no focus.
      requestAnimationFrame(() => document.getElementById(pane)?.focus());
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 'l') return;
      event.preventDefault();
      event.stopPropagation();
      go(document.activeElement?.closest('#terminal') ? 'lesson' : 'terminal');
    };
    const onClick = (event: MouseEvent) => {
      const pane = (event.target as Element | null)?.closest?.<HTMLElement>('[data-pane]')?.dataset.pane;
      if (!pane) return;
      event.preventDefault();
      go(pane as Pane);
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    document.addEventListener('click', onClick);
    return () => {
      document.removeEventListener('keydown', onKeyDown, { capture: true });
      document.removeEventListener('click', onClick);
    };
  }, [run]);
}
