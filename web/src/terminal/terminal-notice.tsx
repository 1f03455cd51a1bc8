// A short word about what was just done in the terminal; it goes by itself.

import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const SHOWN_MS = 6000;

/** `going`: more of it comes at once, as of what is being sent, and is not said aloud each time. */
export type Notice = { text: string; going?: boolean };

export function TerminalNotice({ notice }: { notice: Signal<Notice | null> }) {
  const { text, going } = notice.value ?? { text: null };
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => {
      notice.value = null;
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice.value]);
  return (
    <div class="terminal-notice" role="status" aria-live={going ? 'off' : 'polite'} data-empty={text === null}>
      {text}
    </div>
  );
}
