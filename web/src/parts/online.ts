// Whether this device has a network at all, as the browser knows it.

import { signal } from '@preact/signals';

const isOffline = signal(globalThis.navigator?.onLine === false);
for (const event of ['online', 'offline'])
  globalThis.addEventListener?.(event, () => {
    isOffline.value = navigator.onLine === false;
  });

/** A signal, read: what shows it is drawn anew when it changes. */
export const offline = (): boolean => isOffline.value;

/** Calls each time that the network comes back; answers how to stop that. */
export function whenOnline(call: () => void): () => void {
  window.addEventListener('online', call);
  return () => window.removeEventListener('online', call);
}
