// Where a divider stands, as this browser remembers it.

import { type Signal, signal } from '@preact/signals';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import { browserIsKnown } from '../rendering/browser-known.ts';
import { type Between, limits, rememberedShare } from './divider-position.ts';

/** Of the first part, in percent. */
export function useShare(between: Between): Signal<number> {
  const known = browserIsKnown.value;
  const share = useMemo(() => signal(known ? rememberedShare(between) : limits[between].first), [between]);
  useLayoutEffect(() => {
    share.value = known ? rememberedShare(between) : share.peek();
  }, [known]);
  return share;
}
