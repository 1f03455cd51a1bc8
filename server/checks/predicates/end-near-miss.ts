// Which program of a line ended with an error, in words.

import { code } from '../quoted.ts';
import type { ParsedRecord } from './commands.ts';
import { isTypo } from './near-miss.ts';

const NOT_FOUND = 127;
const BEHIND_A_PIPE = 'jq grep head tail less more cat sha256sum awk sed tr cut sort wc'.split(' ');

/** Null where the line ended well. The exit code of a line is that of its last program. */
export function endProblem({ record, pipelines }: ParsedRecord, url: string): string | null {
  const { exitCode } = record;
  if (exitCode === 0) return null;
  const asks = `This step asks for an answer from ${code(url)}.`;
  const last = pipelines.flat().at(-1)?.program ?? 'curl';
  if (last === 'curl') return `curl ended with exit code \`${exitCode}\`. ${asks}`;
  if (exitCode === NOT_FOUND) {
    const meant = BEHIND_A_PIPE.find((program) => isTypo(last, program));
    return `The shell knows no program ${code(last)}${meant === undefined ? '' : `; you probably mean ${code(meant)}`}. ${asks}`;
  }
  if (last.endsWith('grep') && exitCode === 1)
    return `${code(last)} found nothing of that kind in the answer. Look at the answer itself: leave out ${code(`| ${last}`)} and what stands behind it.`;
  return `${code(last)}, the last program of your line, ended with exit code \`${exitCode}\`. ${asks}`;
}
