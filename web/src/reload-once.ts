// Loads the page anew where the server speaks another version of the protocol: once, for a second time would not help.

import { PROTOCOL_VERSION } from '../../protocol/socket.ts';

const KEY = 'slipway-reloaded-from';

/** False where that was done already, or cannot be remembered. */
export function reloadOnce(): boolean {
  const version = String(PROTOCOL_VERSION);
  try {
    if (sessionStorage.getItem(KEY) === version) return false;
    sessionStorage.setItem(KEY, version);
  } catch {
    return false;
  }
  location.reload();
  return true;
}

/** Server and page understand each other: the next new version may reload again. */
export function understood(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was remembered either.
  }
}
