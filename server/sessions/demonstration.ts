// `Show me`: types a step's solution into the learner's own terminal, where they watch it.

import type { Sandbox } from '../sandboxes/sandbox.ts';
import { Typist } from '../terminal/typist.ts';

const COMMAND_MS = 60_000;
const INTERRUPTED = 130;

export interface DemonstrationOptions {
  sandbox: Sandbox;
  /** The step's solution, filled. */
  commands: AsyncIterable<string[]>;
  /** The byte of the terminal after the last command's end: what the prompt shows stands behind it. */
  promptByte: number;
  signal: AbortSignal;
}

/**
 * Resolves as soon as the shell is reached; `typed` then resolves when nothing more is typed, also where a command did
 * not end or the learner interrupted it, and rejects with what `commands` throws.
 */
export async function demonstrate(options: DemonstrationOptions): Promise<{ typed: Promise<void> }> {
  const { sandbox, promptByte, signal } = options;
  const typist = await Typist.connect({
    shell: sandbox.shell,
    nonce: sandbox.nonce,
    from: promptByte,
    signal,
  });
  return { typed: typeAll(typist, options).finally(() => typist.close()) };
}

async function typeAll(typist: Typist, { commands, signal }: DemonstrationOptions): Promise<void> {
  // What the learner has half typed would become part of the command.
  await typist.clearPrompt();
  for await (const lines of commands) {
    if (signal.aborted) return;
    const ended = await typist.type(lines, { commandMs: COMMAND_MS, enough: () => signal.aborted });
    if (!ended || typist.exitCode === INTERRUPTED) return;
  }
}
