// What stands where something is on its way: lines of text to come, and after some seconds a word that it takes long.

import { texts } from '../texts.ts';
import { useLate } from './late.ts';

const SLOW_MS = 6_000;

/** `shape`: how much room it takes. */
export function Loading({ shape }: { shape: 'page' | 'lesson' | 'form' }) {
  const isSlow = useLate(SLOW_MS);
  return (
    <div class="loading" data-shape={shape}>
      <div class="placeholder" />
      {/* Of what comes at once nothing is said aloud: a region speaks only of what changes in it. */}
      <div role="status">
        {isSlow ? <p class="loading-slow">{texts.slow}</p> : <p class="visually-hidden">{texts.loading}</p>}
      </div>
      {isSlow && (
        <button type="button" class="button" onClick={() => location.reload()}>
          {texts.reload}
        </button>
      )}
    </div>
  );
}
