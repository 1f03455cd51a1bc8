// Watches one claimed sandbox: engine events and finished commands go to the journal and to whoever checks.

import type { Journal } from '../checks/journal.ts';
import type { CommandRecord } from '../checks/types.ts';
import type { EventFollower } from '../engine/events.ts';
import type { EngineEvent } from '../engine/types.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { TerminalStore } from '../store/terminal-store.ts';
import { Shells } from './shells.ts';
import type { SpaceWatch } from './space-watch.ts';

export interface WatchListener {
  /** Whether this moment lies before the current step. */
  isEarlier: (atMs: number) => boolean;
  /** A command begins. */
  onStart: (line: string) => void;
  onEvent: (event: EngineEvent) => void;
  /** The engine was away and is there again. */
  onEngineBack: () => void;
  onCommand: (command: CommandRecord) => void;
}

export interface WatchOptions {
  sandbox: Sandbox;
  journal: Journal;
  terminals: TerminalStore;
  eventsSinceMs: number;
  onEnded: (terminal: number) => void;
  listener: WatchListener;
  onCommandEnd: (command: CommandRecord) => void;
  /** The engine ended and was started again, in a computer that went on. */
  onEngineRestarted: () => void;
  /** Closed with this. */
  space: SpaceWatch;
  /** Told after the listener: an event of the engine; null for a command's end, and where events may have been missed. */
  onHappened: (event: EngineEvent | null) => void;
}

export class SandboxWatch {
  readonly #follower: EventFollower;
  readonly #shells: Shells;
  readonly #journal: Journal;
  readonly #space: SpaceWatch;
  readonly #end = new AbortController();

  constructor(options: WatchOptions) {
    const { sandbox, journal, listener, space, onHappened } = options;
    this.#journal = journal;
    this.#space = space;
    const { signal: end } = this.#end;
    this.#follower = sandbox.engine.follow({
      sinceMs: options.eventsSinceMs,
      onEvent: async (event) => {
        if (end.aborted) return;
        journal.addEvent(event);
        await rememberImage(sandbox, journal, event, () => end.aborted);
        if (end.aborted) return;
        listener.onEvent(event);
        onHappened(event);
      },
      onBack: (ended) => {
        if (end.aborted) return;
        listener.onEngineBack();
        onHappened(null);
        if (ended) options.onEngineRestarted();
      },
    });
    this.#shells = new Shells({
      sandbox,
      terminals: options.terminals,
      onStart: (line) => {
        if (end.aborted) return;
        journal.runningLine = line;
        space.commandBegins();
        listener.onStart(line);
      },
      onCommand: (command) => {
        journal.runningLine = this.#shells.runningLine;
        if (!listener.isEarlier(command.startedAtMs)) journal.addCommand(command);
        listener.onCommand(command);
        options.onCommandEnd(command);
        onHappened(null);
        space.commandEnds();
        if (this.#shells.anyRunning) space.commandBegins();
      },
      onEnded: options.onEnded,
    });
    void space.look();
  }

  /** Aborted when nothing is watched any more. */
  get end(): AbortSignal {
    return this.#end.signal;
  }
  get commandRunning(): boolean {
    return this.#shells.commandRunning;
  }

  /** The terminal that was used last. */
  get lastTerminal(): number {
    return this.#shells.last;
  }

  open(terminal: number): void {
    this.#shells.open(terminal);
  }
  /** It has ended. */
  drop(terminal: number): void {
    this.#shells.drop(terminal);
    this.#journal.runningLine = this.#shells.runningLine;
  }

  close(): void {
    this.#end.abort();
    this.#journal.runningLine = null;
    this.#follower.close();
    this.#shells.close();
    this.#space.close();
  }
}

/** A name may be gone when a check asks which image it was. The session may be gone when the engine has answered. */
async function rememberImage(
  sandbox: Sandbox,
  journal: Journal,
  event: EngineEvent,
  closed: () => boolean,
): Promise<void> {
  if (event.kind !== 'image') return;
  if (event.action === 'tag') journal.rememberImage(event.name, event.id, event.atMs);
  if (event.action !== 'pull') return;
  const image = await sandbox.engine.image(event.id).catch(() => null);
  if (image && !closed()) journal.rememberImage(event.id, image.id, event.atMs);
}
