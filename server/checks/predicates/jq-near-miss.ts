// Why `jq` showed nothing of the JSON that it was given.

import { code } from '../quoted.ts';
import type { ParsedRecord } from './commands.ts';

const CANNOT_COMPILE = 3;

/** `right` is where the step's value stands. Null where jq isn't the last program, or did its work. */
export function jqProblem({ record, pipelines }: ParsedRecord, right: string): string | null {
  const last = pipelines.flat().at(-1);
  if (last?.program !== 'jq') return null;
  const filter = last.words.find((word) => !word.startsWith('-')) ?? '.';
  if (record.exitCode === CANNOT_COMPILE) {
    return /^[a-z]/i.test(filter)
      ? `For \`jq\` a place in the JSON begins with a dot: ${code(`.${filter}`)}, not ${code(filter)}.`
      : `\`jq\` can't read ${code(filter)}. The place to look at is ${code(right)}.`;
  }
  return record.exitCode === 0 && /^\s*null\s*$/.test(record.output)
    ? `\`jq\` printed \`null\`: there is nothing at ${code(filter)}. The place to look at is ${code(right)}.`
    : null;
}
