// Who is at this page, where a teacher has a room: nobody is asked before the server refuses a stranger.

import { signal } from '@preact/signals';
import type { Here, Me } from '../../../protocol/classroom.ts';
import { getHere, leave } from '../api.ts';
import { show } from '../router.ts';

/** Null until it is known; what it says stands beside the page's own things, so a failure stays silent. */
export const here = signal<Here | null>(null);

/** True once the server has said that it does not know who asks. */
export const isStranger = signal(false);

export function loadHere(): void {
  if (here.peek()) return;
  getHere().then(
    (answer) => {
      // Somebody may have come in meanwhile.
      here.value ??= answer;
    },
    () => {},
  );
}

/** Somebody has come in, and goes on at this path. */
export function cameIn(me: Me, path: string): void {
  here.value = { classroom: true, me };
  isStranger.value = false;
  show(path);
}

/** Signs out on this device, and loads the page anew: nothing that one saw stays in it. */
export async function signOut(): Promise<void> {
  await leave();
  location.assign('/join');
}

/** What stands after the # of the address, which no server has seen; afterwards it stands there no more. */
export function takeFragment(): string {
  const fragment = decodeURIComponent(location.hash.slice(1));
  if (fragment !== '') history.replaceState(null, '', location.pathname);
  return fragment;
}
