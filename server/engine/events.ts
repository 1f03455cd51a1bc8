// The engine's event stream: parsed, bounded, and connected again after the engine was away.

import { z } from 'zod';
import { boundedLines } from './lines.ts';
import type { EngineLink } from './link.ts';
import type { EngineEvent } from './types.ts';

export interface FollowOptions {
  /** As the engine's API takes them; without: every event of images and containers. */
  filters?: Readonly<Record<string, readonly string[]>>;
  /** Events after this moment, milliseconds since 1970; the engine remembers its last 256. */
  sinceMs: number;
  /** The next one is read when this has come back. */
  onEvent: (event: EngineEvent) => Promise<void>;
  /**
   * The engine was away and is there again: some events may have been missed. `ended`: it had ended, for it was there before
   * and then nobody answered.
   */
  onBack?: (ended: boolean) => void;
}

export interface EventFollower {
  close(): void;
}

const RETRY_MS = [50, 100, 200, 500, 1000, 2000];
/** A stream that lived shorter counts as one more failure: a false engine may hang up at once, for ever. */
const HEALTHY_MS = 5_000;
const MAX_EVENTS_A_SECOND = 500;
/** An event that is older than the one before by more was told after the computer's clock was set back. */
const CLOCK_SET_MS = 60_000;
/** Of one moment. */
const MAX_SEEN = 1_000;

const text = z.string().max(1_000);
const rawEvent = z.object({
  Type: z.enum(['image', 'container']),
  Action: z.string().max(200),
  Actor: z.object({
    ID: z.string().max(500),
    Attributes: z.object({ name: text.optional(), image: text.optional(), exitCode: text.optional() }).nullish(),
  }),
  timeNano: z.number(),
});

export function followEvents(link: Pick<EngineLink, 'open'>, options: FollowOptions): EventFollower {
  const closing = new AbortController();
  void follow(link, options, closing.signal);
  return { close: () => closing.abort() };
}

async function follow(link: Pick<EngineLink, 'open'>, options: FollowOptions, signal: AbortSignal): Promise<void> {
  const filters = JSON.stringify(options.filters ?? { type: ['image', 'container'] });
  let sinceMs = options.sinceMs;
  let seen = new Set<string>();
  let answered = false;
  let unanswered = 0;
  for (let failures = 0, lost = false; !signal.aborted; failures++, lost = true) {
    let upAtMs = Number.POSITIVE_INFINITY;
    try {
      const query = { since: String(sinceMs / 1000), filters };
      const stream = await link.open({ method: 'GET', path: '/events', query }, signal);
      upAtMs = performance.now();
      if (stream.statusCode === 200) {
        if (lost) options.onBack?.(answered && unanswered > 0);
        [answered, unanswered] = [true, 0];
      }
      const inTurn = turnstile(signal);
      for await (const line of boundedLines(stream)) {
        await inTurn();
        const event = parse(line);
        if (!event) continue;
        if (event.atMs < sinceMs - CLOCK_SET_MS) [sinceMs, seen] = [event.atMs, new Set()];
        if (event.atMs < sinceMs) continue;
        // `since` has a resolution that brings the last event again after a reconnect.
        const key = `${event.atMs} ${event.action} ${event.id} ${event.name}`;
        if (seen.has(key)) continue;
        if (event.atMs > sinceMs || seen.size >= MAX_SEEN) [sinceMs, seen] = [event.atMs, new Set()];
        seen.add(key);
        await options.onEvent(event);
      }
    } catch {
      // The engine is away or none, or we were closed.
    }
    if (signal.aborted) return;
    if (upAtMs === Number.POSITIVE_INFINITY) unanswered += 1;
    if (performance.now() - upAtMs >= HEALTHY_MS) failures = 0;
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 2000, signal);
  }
}

/** Lets so many through in a second, and the rest wait. */
function turnstile(signal: AbortSignal): () => Promise<void> {
  let begun = performance.now();
  let count = 0;
  return async () => {
    count += 1;
    if (count <= MAX_EVENTS_A_SECOND) return;
    await pause(begun + 1_000 - performance.now(), signal);
    begun = performance.now();
    count = 1;
  };
}

/** Null for an event of another kind. Throws where the line is no JSON: whoever sends that is no engine, and the real one may be back. */
function parse(line: string): EngineEvent | null {
  const raw = rawEvent.safeParse(JSON.parse(line));
  if (!raw.success) return null;
  const { Type, Action, Actor, timeNano } = raw.data;
  const attributes = Actor.Attributes ?? {};
  const exitCode = attributes.exitCode === undefined ? undefined : Number(attributes.exitCode);
  return {
    kind: Type,
    action: Action,
    id: Actor.ID,
    name: attributes.name ?? '',
    image: attributes.image,
    exitCode,
    atMs: timeNano / 1e6,
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
