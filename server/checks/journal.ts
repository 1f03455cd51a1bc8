// What happened in one session's sandbox, bounded, and kept through a restart of the server.

import type { EngineEvent } from '../engine/types.ts';
import { parseReference } from '../reference.ts';
import type { CommandRecord, JournalView } from './types.ts';

const MAX_EVENTS = 400;
const MAX_COMMANDS = 50;
const MAX_IMAGES = 200;
const MAX_IDS = 10;

/** `atMs`: when a name was first seen to stand for this image. */
interface SeenImage {
  name: string;
  id: string;
  atMs: number;
}

export type JournalEntry =
  | { kind: 'event'; body: EngineEvent }
  | { kind: 'command'; body: CommandRecord }
  | { kind: 'image'; body: SeenImage };

export interface JournalKeeper {
  add(entry: JournalEntry): void;
  /** All but the newest `keep` entries of a kind are gone. */
  trim(kinds: JournalEntry['kind'][], keep: number): void;
}

export class Journal implements JournalView {
  #events: EngineEvent[] = [];
  #commands: CommandRecord[] = [];
  /** By name, the newest last. */
  readonly #images = new Map<string, SeenImage[]>();
  readonly #keeper: JournalKeeper;

  constructor(keeper: JournalKeeper, earlier: JournalEntry[] = []) {
    this.#keeper = keeper;
    for (const entry of earlier) {
      if (entry.kind === 'event') this.#events.push(entry.body);
      else if (entry.kind === 'command') this.#commands.push(entry.body);
      else this.#noteImage(entry.body);
    }
  }

  events(): readonly EngineEvent[] {
    return this.#events;
  }
  commands(): readonly CommandRecord[] {
    return this.#commands;
  }
  /** Told by whoever watches the shell. */
  runningLine: string | null = null;
  running(): string | null {
    return this.runningLine;
  }
  rememberedId(reference: string): string | null {
    return this.#images.get(nameOf(reference))?.at(-1)?.id ?? null;
  }
  idsOf(reference: string): readonly string[] {
    return (this.#images.get(nameOf(reference)) ?? []).map(({ id }) => id);
  }
  namesOf(id: string, beforeMs: number): readonly string[] {
    const seen = [...this.#images.values()].flat();
    return seen.flatMap((one) => (one.id === id && one.atMs < beforeMs ? [one.name] : []));
  }
  /** When the newest event happened, or null: where to go on after a restart. */
  newestEventMs(): number | null {
    return this.#events.at(-1)?.atMs ?? null;
  }

  addEvent(event: EngineEvent): void {
    this.#events.push(event);
    this.#keeper.add({ kind: 'event', body: event });
    if (this.#events.length <= MAX_EVENTS) return;
    this.#events = this.#events.slice(-MAX_EVENTS / 2);
    this.#keeper.trim(['event'], MAX_EVENTS / 2);
  }

  addCommand(command: CommandRecord): void {
    this.#commands.push(command);
    this.#keeper.add({ kind: 'command', body: command });
    if (this.#commands.length <= MAX_COMMANDS) return;
    this.#commands = this.#commands.slice(-MAX_COMMANDS / 2);
    this.#keeper.trim(['command'], MAX_COMMANDS / 2);
  }

  /** Remembers which image a name stood for, so that a check can ask after the name is gone. */
  rememberImage(reference: string, id: string, atMs: number): void {
    const name = nameOf(reference);
    if (this.rememberedId(name) === id || (this.#images.size >= MAX_IMAGES && !this.#images.has(name))) return;
    const body = { name, id, atMs };
    this.#noteImage(body);
    this.#keeper.add({ kind: 'image', body });
  }

  #noteImage(seen: SeenImage): void {
    const known = this.#images.get(seen.name) ?? [];
    const first = known.find(({ id }) => id === seen.id) ?? seen;
    const others = known.filter(({ id }) => id !== seen.id);
    this.#images.set(seen.name, [...others.slice(1 - MAX_IDS), first]);
  }

  /** All of it, for `replace`. */
  entries(): JournalEntry[] {
    return [
      ...[...this.#images.values()].flat().map((body) => ({ kind: 'image' as const, body })),
      ...this.#events.map((body) => ({ kind: 'event' as const, body })),
      ...this.#commands.map((body) => ({ kind: 'command' as const, body })),
    ];
  }

  /** What is here gives way to these entries. */
  replace(entries: readonly JournalEntry[]): void {
    this.forgetAll();
    for (const { kind, body } of entries) {
      if (kind === 'event') this.addEvent(body);
      else if (kind === 'command') this.addCommand(body);
      else this.rememberImage(body.name, body.id, body.atMs);
    }
  }

  /** The next step looks at its own commands only. */
  forgetCommands(): void {
    this.#commands = [];
    this.#keeper.trim(['command'], 0);
  }

  /** Another lesson, or another sandbox. */
  forgetAll(): void {
    this.#events = [];
    this.#commands = [];
    this.#images.clear();
    this.#keeper.trim(['event', 'command', 'image'], 0);
  }
}

function nameOf(reference: string): string {
  return parseReference(reference).reference?.familiar ?? reference;
}
