// The engine's event stream: parsed, bounded, and connected again after the engine was away.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { z } from 'zod';
import type { EngineEvent } from './types.ts';

export interface FollowOptions {
  /** Events after this moment, milliseconds since 1970; the engine remembers its last 256. */
  sinceMs: number;
  onEvent: (event: EngineEvent) => void;
  /** Told when the stream is up (again) and when it is lost. */
  onState?: (connected: boolean) => void;
}

export interface EventFollower {
  close(): void;
}

const RETRY_MS = [50, 100, 200, 500, 1000, 2000];

const rawEvent = z.object({
  Type: z.enum(['image', 'container']),
  Action: z.string().max(200),
  Actor: z.object({ ID: z.string().max(500), Attributes: z.record(z.string(), z.string()).nullish() }),
  timeNano: z.number(),
});

export function followEvents(docker: Docker, options: FollowOptions): EventFollower {
  const closing = new AbortController();
  void follow(docker, options, closing.signal);
  return { close: () => closing.abort() };
}

async function follow(docker: Docker, options: FollowOptions, signal: AbortSignal): Promise<void> {
  let sinceMs = options.sinceMs;
  let seen = new Set<string>();
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const stream = (await docker.getEvents({
        since: String(sinceMs / 1000),
        filters: JSON.stringify({ type: ['image', 'container'] }),
        abortSignal: signal,
      } as object)) as Readable;
      failures = 0;
      options.onState?.(true);
      for await (const line of createInterface({ input: stream, signal })) {
        const event = parse(line);
        if (!event || event.atMs < sinceMs) continue;
        // `since` has a resolution that brings the last event again after a reconnect.
        const key = `${event.atMs} ${event.action} ${event.id} ${event.name}`;
        if (seen.has(key)) continue;
        if (event.atMs > sinceMs) [sinceMs, seen] = [event.atMs, new Set()];
        seen.add(key);
        options.onEvent(event);
      }
    } catch {
      // The engine is away, or we were closed.
    }
    if (signal.aborted) return;
    options.onState?.(false);
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 2000, signal);
  }
}

function parse(line: string): EngineEvent | null {
  if (line.length > 64 * 1024) return null;
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  const raw = rawEvent.safeParse(json);
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
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
