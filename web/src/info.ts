// What is to be known of this server, fetched once a page load.

import { signal } from '@preact/signals';
import type { Info } from '../../protocol/session.ts';
import { getInfo } from './api.ts';

/** Null until it is known; what it says stands beside the page's own things, so a failure stays silent. */
export const info = signal<Info | null>(null);

export function loadInfo(): void {
  if (info.peek()) return;
  getInfo().then(
    (answer) => {
      info.value = answer;
    },
    () => {},
  );
}
