// Told by the host engine when a sandbox of this server ends, whoever ended it.

import type { IncomingMessage } from 'node:http';
import { type EventFollower, followEvents } from './events.ts';
import { labelFilters } from './labels.ts';
import type { TimedEngine } from './timed-engine.ts';

/** Calls `look` when one has ended, and when one may have: the engine was away and is there again. Until it is closed. */
export function followSandboxes(engine: TimedEngine, instance: string, look: () => void): EventFollower {
  const link = {
    open: async ({ query }: { query?: Readonly<Record<string, string | undefined>> }, abortSignal: AbortSignal) =>
      (await engine.getEvents({ ...query, abortSignal } as never)) as unknown as IncomingMessage,
  };
  const filters = { type: ['container'], event: ['die'], ...JSON.parse(labelFilters({ kind: 'sandbox', instance })) };
  const onEvent = async ({ id }: { id: string }) => {
    // It is told before it is over, and lists say 'running' until then. This question is answered afterwards.
    await engine
      .getContainer(id)
      .inspect()
      .catch(() => {});
    look();
  };
  return followEvents(link, { sinceMs: Date.now(), filters, onEvent, onBack: look });
}
