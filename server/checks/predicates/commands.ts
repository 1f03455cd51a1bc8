// The learner's newest commands, taken apart.

import { isAttempt, lastAttempt } from '../attempt.ts';
import { type Pipeline, pipelinesOf } from '../command-line.ts';
import { type CurlRequest, curlRequest } from '../curl-request.ts';
import { type DockerCommand, dockerCommand } from '../docker-command.ts';
import { type CommandRecord, fail, type Outcome, specificFail, type World } from '../types.ts';

export interface ParsedRecord {
  record: CommandRecord;
  pipelines: Pipeline[];
}

/** The finished commands of this step, newest first. */
export function newestFirst(world: World): ParsedRecord[] {
  return world.journal
    .commands()
    .map((record) => ({ record, pipelines: pipelinesOf(record) }))
    .reverse();
}

/** What this record did wrong: specific where it is the newest attempt at something; `ls` after it changes nothing. */
export function failOf(records: readonly ParsedRecord[], one: CommandRecord, message: string): Outcome {
  return records.find(({ record }) => isAttempt(record))?.record === one ? specificFail(message) : fail(message);
}

/** Whether something was attempted since: a change or a mistake, and not only a look around. */
export function isOvertaken(records: readonly ParsedRecord[], one: CommandRecord): boolean {
  const since = records.slice(
    0,
    records.findIndex(({ record }) => record === one),
  );
  return since.some(({ record }) => isAttempt(record, { readsPrompt: false, names: [] }));
}

/** The last attempt, where it is a docker command of one of these verbs. */
export function lastDocker(
  world: World,
  verbs: readonly string[],
): { record: CommandRecord; command: DockerCommand } | null {
  const last = lastAttempt(world.journal);
  if (!last) return null;
  for (const simple of pipelinesOf(last).flat().reverse()) {
    const command = dockerCommand(simple);
    if (command && verbs.includes(command.verb)) return { record: last, command };
  }
  return null;
}

export function curlRequests({ pipelines }: ParsedRecord): CurlRequest[] {
  return pipelines.flat().flatMap((simple) => curlRequest(simple) ?? []);
}

/** Specific where the last command is one that this message speaks of: a docker command of one of these verbs. */
export function failAfter(world: World, verbs: readonly string[], message: string): Outcome {
  return lastDocker(world, verbs) ? specificFail(message) : fail(message);
}

/** The shell's mark of a start comes over another way than the engine's events, and may be read so much later. */
const MARK_LATE_MS = 300;

/** About when the learner's first command of this step began; nothing of theirs is older. */
export function stepBeganMs(world: World): number {
  return (world.journal.commands()[0]?.startedAtMs ?? Number.POSITIVE_INFINITY) - MARK_LATE_MS;
}
