// Decides which keys in the terminal are the page's and not the shell's: copying, pasting, and the way from command to command.

export type KeyAction = 'copy' | 'copy-selection' | 'native-paste' | 'previous-command' | 'next-command' | null;
type Key = Pick<KeyboardEvent, 'type' | 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/**
 * What a key means besides input. `native-paste` leaves the key to the browser, whose paste event xterm.js takes: that
 * needs no permission. Ctrl+C copies only a selection (and drops it, so the next one interrupts); on a Mac Cmd+C and
 * Cmd+V are the browser's own and Ctrl+C always interrupts.
 */
export function keyAction(event: Key, selected: boolean, mac: boolean): KeyAction {
  if (event.type !== 'keydown' || event.altKey) return null;
  const key = event.key.toLowerCase();
  const ctrl = event.ctrlKey && !event.metaKey;
  if (event.shiftKey && (mac ? event.metaKey && !event.ctrlKey : ctrl)) {
    if (key === 'arrowup') return 'previous-command';
    if (key === 'arrowdown') return 'next-command';
  }
  if (mac) {
    if (!event.metaKey || event.ctrlKey) return null;
    if (key === 'c' && selected) return 'copy';
    return key === 'v' ? 'native-paste' : null;
  }
  if (ctrl && event.shiftKey && key === 'c') return 'copy';
  if (ctrl && !event.shiftKey && key === 'insert') return 'copy';
  if (ctrl && event.shiftKey && key === 'v') return 'native-paste';
  if (!event.ctrlKey && event.shiftKey && key === 'insert') return 'native-paste';
  if (ctrl && !event.shiftKey && key === 'c' && selected) return 'copy-selection';
  return null;
}

/** The keys from command to command, as people read them. */
export function jumpKeys(): { previous: string; next: string } {
  const held = onMac() ? 'Cmd+Shift' : 'Ctrl+Shift';
  return { previous: `${held}+↑`, next: `${held}+↓` };
}

export const onMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);
