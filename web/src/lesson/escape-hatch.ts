// The keyboard's way between lesson and terminal, because the terminal takes Tab for itself.

import { useEffect } from 'preact/hooks';

const terminalInput = () => document.querySelector<HTMLElement>('#terminal textarea');

export function useEscapeHatch(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 'l') return;
      event.preventDefault();
      event.stopPropagation();
      const inTerminal = document.activeElement?.closest('#terminal');
      (inTerminal ? document.getElementById('lesson') : terminalInput())?.focus();
    };
    const onClick = (event: MouseEvent) => {
      if (!(event.target as Element | null)?.closest?.('[data-focus=terminal]')) return;
      event.preventDefault();
      terminalInput()?.focus();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    document.addEventListener('click', onClick);
    return () => {
      document.removeEventListener('keydown', onKeyDown, { capture: true });
      document.removeEventListener('click', onClick);
    };
  }, []);
}
