// Reads one mark of the shell (OSC 633, written by sandbox/learner/marks.bash).

export type ShellMark =
  /** What is typed begins behind it. */
  | { kind: 'prompt' }
  | { kind: 'line'; line: string }
  /** Where the command of the next start runs. */
  | { kind: 'folder'; folder: string }
  | { kind: 'start'; at: number | null }
  | { kind: 'end'; exitCode: number | null; at: number | null }
  /** A new shell took the old one's place. */
  | { kind: 'shell' };

/** Null for a mark without this nonce (a program or a printed file made it), and for one that means nothing here. */
export function readMark(data: string, nonce: string | null): ShellMark | null {
  const parts = data.split(';');
  if (nonce === null || parts.length < 2 || parts.pop() !== nonce) return null;
  const [kind, first = '', second = ''] = parts;
  if (kind === 'B') return { kind: 'prompt' };
  if (kind === 'E') return { kind: 'line', line: unescaped(first).trim() };
  if (kind === 'P' && first.startsWith('Cwd=')) return { kind: 'folder', folder: unescaped(first.slice(4)) };
  if (kind === 'C') return { kind: 'start', at: numberOf(first) };
  if (kind === 'D') return { kind: 'end', exitCode: numberOf(first), at: numberOf(second) };
  return kind === 'S' ? { kind: 'shell' } : null;
}

const numberOf = (text: string): number | null => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : null);

const unescaped = (text: string): string =>
  text.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
