// Decides which keys in the terminal are the page's and not the shell's: copying, pasting, searching, and the way from command to command.

export type KeyAction =
  | 'copy'
  | 'copy-selection'
  | 'native-paste'
  | 'previous-command'
  | 'next-command'
  | 'previous-terminal'
  | 'next-terminal'
  | 'search'
  | null;
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
    if (key === 'arrowleft') return 'previous-terminal';
    if (key === 'arrowright') return 'next-terminal';
  }
  if (mac) {
    if (!event.metaKey || event.ctrlKey) return null;
    if (key === 'c' && selected) return 'copy';
    if (key === 'f') return 'search';
    return key === 'v' ? 'native-paste' : null;
  }
  if (ctrl && event.shiftKey && key === 'c') return 'copy';
  if (ctrl && !event.shiftKey && key === 'insert') return 'copy';
  if (ctrl && event.shiftKey && key === 'f') return 'search';
  if (ctrl && event.shiftKey && key === 'v') return 'native-paste';
  if (!event.ctrlKey && event.shiftKey && key === 'insert') return 'native-paste';
  if (ctrl && !event.shiftKey && key === 'c' && selected) return 'copy-selection';
  return null;
}

export const onMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

type Named = { what: 'leave' | 'copy' | 'paste' | 'search' | 'previous' | 'next' | 'turn' | 'menu'; keys: string };

/** The page's keys in the terminal, as people read them. */
export function keyNames(mac = onMac()): Named[] {
  const [own, held] = mac ? ['Cmd', 'Cmd+Shift'] : ['Ctrl+Shift', 'Ctrl+Shift'];
  const names: Named[] = [
    { what: 'leave', keys: 'Ctrl+Shift+L' },
    { what: 'copy', keys: `${own}+C` },
    { what: 'paste', keys: `${own}+V` },
    { what: 'search', keys: `${own}+F` },
    { what: 'previous', keys: `${held}+↑` },
    { what: 'next', keys: `${held}+↓` },
    { what: 'turn', keys: `${held}+← →` },
  ];
  // A Mac has no key for it.
  return mac ? names : [...names, { what: 'menu', keys: 'Shift+F10' }];
}

export const keysOf = (what: Named['what']): string | undefined => keyNames().find((key) => key.what === what)?.keys;
