// What a check is: a typed predicate over the learner's world, and what it can say of it.

import type { z } from 'zod';
import type { EngineEvent, EngineView } from '../engine/types.ts';
import type { Credentials, RegistryView } from '../registry/types.ts';
import type { SimpleCommand } from './command-line.ts';

/** One finished command of the learner's shell. */
export interface CommandRecord {
  /** As typed, possibly several lines. */
  line: string;
  exitCode: number;
  /** What the terminal showed, without control sequences; the first 64 KiB. */
  output: string;
  startedAtMs: number;
  endedAtMs: number;
  /** Which of the learner's terminals; nothing: the first. */
  terminal?: number;
}

/** What happened in a sandbox since its lesson was opened, oldest first. */
export interface JournalView {
  events(): readonly EngineEvent[];
  /** Finished commands since the step became current. */
  commands(): readonly CommandRecord[];
  /** The image ID that a reference had when it was last seen, also when it is gone now; null if never seen. */
  rememberedId(reference: string): string | null;
  /** All image IDs that a reference was seen to have, the newest last. */
  idsOf(reference: string): readonly string[];
  /** All familiar names that an image was seen to have before that moment. */
  namesOf(id: string, beforeMs: number): readonly string[];
  /** The line of the command that runs at the prompt right now, or null. */
  running(): string | null;
}

/** Files of the learner's computer. */
export interface FilesView {
  /** Text of an absolute path or `~/…`, its first MiB; null where there is no such file. */
  read(path: string): Promise<string | null>;
}

/** What was true once, kept in the order in which it was noticed, through a restart of the server. */
export interface Latches {
  has(key: string): boolean;
  set(key: string): void;
}

export interface World {
  engine: EngineView;
  /** `docker.io` is the practice account's own namespace on the practice Docker Hub. */
  registry(host: string, credentials?: Credentials): RegistryView;
  files: FilesView;
  journal: JournalView;
  /** Of the current step. */
  latches: Latches;
  /** Within an `order`: engine events up to this moment belong to the checks before. */
  eventsAfterMs?: number;
}

/**
 * `fail` is the learner's: what was seen and what the step asks for, in plain words with `code` in backticks.
 * A `specific` fail speaks of the learner's last command itself, so Docker's own error is not explained before it.
 * `notYet` is a fail that time may heal (a registry that is just starting); the runner asks again.
 * A fault of ours is thrown.
 */
export type Outcome =
  /** `atMs`: when it happened, where it is an event. */
  | { state: 'pass'; atMs?: number }
  | { state: 'fail'; message: string; specific?: true }
  | { state: 'notYet'; message: string };

export interface Predicate<Params> {
  /** As written in a lesson, `registry.tag`. */
  type: string;
  /** What must be so, in one line of the reference. */
  summary: string;
  /** Strict schema of the parameters; its `.describe()` texts are the documentation. */
  params: z.ZodType<Params>;
  /** True where it reads what is typed at the prompt, so that a shell inside the shell hides it. */
  readsPrompt?: true | ((params: Params) => boolean);
  /** Commands that it names, so that one with their program or file is an attempt at it; `program` may be empty. */
  names?: (params: Params) => readonly SimpleCommand[];
  evaluate(world: World, params: Params): Promise<Outcome>;
  /**
   * The first moment, not before `afterMs`, at which it was so, as the engine's events tell; null where they don't.
   * For what can be true for an instant, between two words of one line.
   */
  wasSo?: (world: World, params: Params, afterMs: number) => Promise<number | null>;
}

/** One check of a lesson: a predicate with its parameters. */
export interface CheckItem {
  type: string;
  /** The same for the same check with the same parameters, without telling them. */
  key: string;
  readsPrompt: boolean;
  names: readonly SimpleCommand[];
  evaluate(world: World): Promise<Outcome>;
  wasSo(world: World, afterMs: number): Promise<number | null>;
}

export const pass: Outcome = { state: 'pass' };
export const fail = (message: string): Outcome => ({ state: 'fail', message });
export const specificFail = (message: string): Outcome => ({ state: 'fail', message, specific: true });
export const notYet = (message: string): Outcome => ({ state: 'notYet', message });
