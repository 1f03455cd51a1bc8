// `command`: a command was run and ended well, for what leaves no trace in the engine or the registry.

import { z } from 'zod';
import { isAttempt } from '../attempt.ts';
import { type SimpleCommand, simpleCommands } from '../command-line.ts';
import { dockerCommand } from '../docker-command.ts';
import { homePlace, isHomePath } from '../home-path.ts';
import { listed } from '../quoted.ts';
import { fail, type Predicate, pass, specificFail } from '../types.ts';
import { commandProblem } from './command-near-miss.ts';
import { newestFirst, type ParsedRecord } from './commands.ts';
import { fileProblem } from './file-near-miss.ts';
import { pattern, patternParam } from './params.ts';

const params = z.strictObject({
  run: z
    .array(z.string().min(1))
    .min(1)
    .describe('commands of which one must be run, `docker ps`; more options and words may stand between'),
  output: patternParam.optional().describe('regular expression that what it printed must match'),
  fails: z.literal(true).optional().describe('true: it must end with an error'),
  says: z.string().min(1).optional().describe('what the learner reads instead of the list of commands'),
});

export const command: Predicate<z.infer<typeof params>> = {
  type: 'command',
  summary: 'a command was run and ended well, for what leaves no trace in the engine or a registry',
  params,
  readsPrompt: true,
  names: ({ run }) => wantedOf(run),
  async evaluate(world, { run, output, fails, says }) {
    const wanted = wantedOf(run);
    const asked = { readsPrompt: true, names: wanted };
    const records = newestFirst(world);
    const matching = records.filter(({ pipelines }) =>
      pipelines.flat().some((simple) => wanted.some((one) => matches(simple, one))),
    );
    const good = matching.filter(({ record }) => (record.exitCode === 0) !== (fails === true));
    if (good.some(({ record }) => output === undefined || pattern(output).test(record.output))) return pass;
    const asks = says ?? `This step asks for ${listed(run, 'or')}.`;
    if (good.length > 0)
      return fail(says ?? `That is the right command, but it didn't print what this step looks for. ${asks}`);
    const newest = records.find(
      ({ record }) => isAttempt(record, asked) || matching.some((one) => one.record === record),
    );
    if (newest && matching[0] === newest && fails)
      return specificFail(`That went well, but this step asks for the refusal. ${asks}`);
    if (newest && matching[0] === newest)
      return fail(`That command ended with exit code \`${newest.record.exitCode}\`. ${asks}`);
    const problem = newest && nearMiss(newest, wanted);
    return problem ? specificFail(`${problem} ${asks}`) : fail(asks);
  },
};

function wantedOf(run: readonly string[]): SimpleCommand[] {
  return run.flatMap((line) => simpleCommands(line).slice(0, 1));
}

function nearMiss({ record, pipelines }: ParsedRecord, wanted: readonly SimpleCommand[]): string | null {
  const asked = wanted.flatMap((one) => dockerCommand(one) ?? []);
  for (const seen of pipelines.flat().flatMap((simple) => dockerCommand(simple) ?? [])) {
    const problem = commandProblem(seen, asked, record);
    if (problem) return problem;
  }
  for (const simple of pipelines.flat()) {
    const problem = fileProblem(simple, wanted);
    if (problem) return problem;
  }
  return null;
}

/** Program and verb are the same, and the other wanted words occur in their order, options anywhere and in any spelling. */
function matches(simple: SimpleCommand, wanted: SimpleCommand): boolean {
  if (simple.program !== wanted.program || simple.words.includes('--help')) return false;
  const [seen, asked] = [dockerCommand(simple), dockerCommand(wanted)];
  if (!seen || !asked) return inOrder(simple.words, wanted.words);
  if (seen.verb !== asked.verb || !inOrder(seen.args, asked.args)) return false;
  return asked.options.every((option) =>
    seen.options.some(({ name, value }) => name === option.name && (option.value === null || option.value === value)),
  );
}

function inOrder(words: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  return wanted.every((word) => {
    const found = words.findIndex((seen, index) => index >= at && isSame(seen, word));
    at = found + 1;
    return at > 0;
  });
}

function isSame(seen: string, wanted: string): boolean {
  return seen === wanted || (isHomePath(wanted) && homePlace(seen, wanted)?.rest === '');
}
