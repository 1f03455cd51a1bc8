// The keys that a phone's keyboard lacks: what each sends, and a Ctrl that holds for one key.

export type TouchKey = { label: string; name?: string; sends: (applicationCursor: boolean) => string };

const cursor = (letter: string) => (applicationCursor: boolean) => `\x1b${applicationCursor ? 'O' : '['}${letter}`;

export const touchKeys: TouchKey[] = [
  { label: 'Esc', sends: () => '\x1b' },
  { label: 'Tab', sends: () => '\t' },
  { label: '↑', name: 'Up', sends: cursor('A') },
  { label: '↓', name: 'Down', sends: cursor('B') },
  { label: '←', name: 'Left', sends: cursor('D') },
  { label: '→', name: 'Right', sends: cursor('C') },
  { label: '|', name: 'Pipe', sends: () => '|' },
  { label: '/', name: 'Slash', sends: () => '/' },
];

/** What Ctrl makes of typed text; text without a control character stays as it is. */
export function withCtrl(text: string): string {
  if (text.length !== 1) return text;
  if (text === ' ') return '\0';
  if (text === '?') return '\x7f';
  const code = text.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code - 0x40) : text;
}
