// `command`: a command was run and ended well, for what leaves no trace in the engine or the registry.

import { z } from 'zod';
import { isAttempt } from '../attempt.ts';
import { type SimpleCommand, simpleCommands } from '../command-line.ts';
import { dockerCommand } from '../docker-command.ts';
import { homePlace, isHomePath } from '../home-path.ts';
import { listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail } from '../types.ts';
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
  instead: z
    .string()
    .min(1)
    .optional()
    .describe('what the learner reads where the command is right, and what came of it is not'),
});

type Params = z.infer<typeof params>;
/** As the parser leaves it. */
const VARIABLE = /^\$\w+$/;

export const command: Predicate<Params> = {
  type: 'command',
  summary: 'a command was run and ended well, for what leaves no trace in the engine or a registry',
  params,
  readsPrompt: true,
  names: ({ run }) => wantedOf(run),
  async evaluate(world, params) {
    const { run, output, fails = false, says } = params;
    const wanted = wantedOf(run);
    const asked = { readsPrompt: true, names: wanted };
    const records = newestFirst(world);
    // What a variable stood for is told by what was printed.
    const matching = records.filter(({ pipelines }) =>
      pipelines.flat().some((simple) => wanted.some((one) => matches(simple, one, output !== undefined))),
    );
    const prints = ({ record }: ParsedRecord) => output === undefined || pattern(output).test(record.output);
    // Of several commands in a line the exit code is the last one's, and only the refusal itself tells.
    const ends = (one: ParsedRecord) =>
      (one.record.exitCode !== 0) === fails || (fails && output !== undefined && isOneOfSeveral(one));
    if (matching.some((one) => ends(one) && prints(one))) return pass;
    const newest = records.find((one) => isAttempt(one.record, asked) || matching.includes(one));
    if (newest && matching.includes(newest)) return otherOutcome(newest, params);
    const asks = says ?? asksFor(run);
    const problem = newest && nearMiss(newest, wanted);
    return problem ? specificFail(`${problem} ${asks}`) : fail(asks);
  },
};

function asksFor(run: readonly string[]): string {
  return `This step asks for ${listed(run, 'or')}.`;
}

/** The command was right, and what came of it is not. */
function otherOutcome(newest: ParsedRecord, { run, fails, says, instead }: Params): Outcome {
  const { exitCode } = newest.record;
  const asks = says ?? asksFor(run);
  if (!fails && exitCode === 0)
    return fail(instead ?? says ?? `That is the right command, but it didn't print what this step looks for. ${asks}`);
  if (!fails) return fail(`That command ended with exit code \`${exitCode}\`. ${asks}`);
  if (exitCode !== 0) return fail(asks);
  return specificFail(instead ?? `That went well, but this step asks for the refusal. ${asks}`);
}

function isOneOfSeveral({ pipelines }: ParsedRecord): boolean {
  return pipelines.flat().length > 1;
}

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
function matches(simple: SimpleCommand, wanted: SimpleCommand, anyVariable: boolean): boolean {
  if (simple.program !== wanted.program || simple.words.includes('--help')) return false;
  const [seen, asked] = [dockerCommand(simple), dockerCommand(wanted)];
  if (!seen || !asked) return inOrder(simple.words, wanted.words, anyVariable);
  if (seen.verb !== asked.verb || !inOrder(seen.args, asked.args, anyVariable)) return false;
  return asked.options.every((option) =>
    seen.options.some(({ name, value }) => name === option.name && (option.value === null || option.value === value)),
  );
}

function inOrder(words: readonly string[], wanted: readonly string[], anyVariable: boolean): boolean {
  let at = 0;
  return wanted.every((word) => {
    const found = words.findIndex(
      (seen, index) => index >= at && (isSame(seen, word) || (anyVariable && VARIABLE.test(seen))),
    );
    at = found + 1;
    return at > 0;
  });
}

function isSame(seen: string, wanted: string): boolean {
  return seen === wanted || (isHomePath(wanted) && homePlace(seen, wanted)?.rest === '');
}
