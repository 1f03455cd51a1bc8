// The keys that a phone's keyboard lacks: what each sends, and a Ctrl that holds for one key.

/** `sign`: what stands on it in place of its name. */
export type TouchKey = { name: KeyName; sign?: string; sends: (applicationCursor: boolean) => string };
type KeyName = 'escape' | 'tab' | 'up' | 'down' | 'left' | 'right' | 'pipe' | 'slash';

const cursor = (letter: string) => (applicationCursor: boolean) => `\x1b${applicationCursor ? 'O' : '['}${letter}`;

export const touchKeys: TouchKey[] = [
  { name: 'escape', sends: () => '\x1b' },
  { name: 'tab', sends: () => '\t' },
  { name: 'up', sign: '↑', sends: cursor('A') },
  { name: 'down', sign: '↓', sends: cursor('B') },
  { name: 'left', sign: '←', sends: cursor('D') },
  { name: 'right', sign: '→', sends: cursor('C') },
  { name: 'pipe', sign: '|', sends: () => '|' },
  { name: 'slash', sign: '/', sends: () => '/' },
];

/** What Ctrl makes of typed text; text without a control character stays as it is. */
export function withCtrl(text: string): string {
  if (text.length !== 1) return text;
  if (text === ' ') return '\0';
  if (text === '?') return '\x7f';
  const code = text.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code - 0x40) : text;
}
