// Tells when something that is waited for has taken long.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** True once it has been mounted, and `waits` has been true, for so long without a break. */
export function useLate(afterMs: number, waits = true): boolean {
  const isLate = useSignal(false);
  useEffect(() => {
    isLate.value = false;
    if (!waits) return;
    const timer = setTimeout(() => {
      isLate.value = true;
    }, afterMs);
    return () => clearTimeout(timer);
  }, [afterMs, waits]);
  return waits && isLate.value;
}
