// A short word about what was just done in the terminal; it goes by itself.

import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const SHOWN_MS = 6000;

export function TerminalNotice({ notice }: { notice: Signal<string | null> }) {
  const text = notice.value;
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => {
      notice.value = null;
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="terminal-notice" role="status" data-empty={text === null}>
      {text}
    </div>
  );
}
