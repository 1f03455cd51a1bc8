// The commands that a learner typed, as their shell keeps them: carried over from a computer that was put away to the next.

import type { Sandbox } from '../sandboxes/sandbox.ts';
import { Typist } from '../terminal/typist.ts';

const HISTORY = '~/.bash_history';
const MAX_CHARACTERS = 64 * 1024;
const TYPING_MS = 3_000;

/** The newest lines; null where there are none, or the computer does not answer. */
export async function historyIn({ files }: Sandbox): Promise<string | null> {
  const text = (await files.read(HISTORY).catch(() => null)) ?? '';
  if (text.length <= MAX_CHARACTERS) return text || null;
  return text.slice(text.indexOf('\n', text.length - MAX_CHARACTERS) + 1);
}

/** Puts it into a fresh computer whose shell has begun without it. A computer that refuses it is none the worse. */
export async function carryOverHistory(sandbox: Sandbox, history: string): Promise<void> {
  try {
    await sandbox.files.write(HISTORY, history);
    const signal = AbortSignal.timeout(TYPING_MS);
    const { shell, nonce } = sandbox;
    const typist = await Typist.connect({ shell, nonce, from: 0, signal });
    await typist.type(['history -r'], { commandMs: TYPING_MS }).finally(() => typist.close());
  } catch {
    return;
  }
}
