// Looks again, while somebody looks on, for what a teacher opens meanwhile.

import { useEffect } from 'preact/hooks';

const LOOK_AGAIN_MS = 4_000;

export function useUntilOpen(isClosed: boolean, look: () => void): void {
  useEffect(() => {
    if (!isClosed) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') look();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isClosed]);
}
