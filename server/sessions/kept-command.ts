// A command as it is kept for whoever teaches the learner: without passwords, and of a long one the beginning.

import type { KeptCommand } from '../../protocol/work.ts';
import { withoutSecrets } from '../checks/secrets.ts';
import type { CommandRecord } from '../checks/types.ts';

const MAX_LINE = 500;

export function keptCommand({ line, exitCode, startedAtMs, endedAtMs }: CommandRecord): KeptCommand {
  return { line: keptLine(line), exitCode, startedMs: startedAtMs, endedMs: endedAtMs };
}

/** Twice: a password that is cut in two would be found no more, and nobody searches through a whole file that was typed in. */
export function keptLine(line: string): string {
  return withoutSecrets(line.slice(0, 4 * MAX_LINE)).slice(0, MAX_LINE);
}
