// `/metrics` for Prometheus: names, numbers and labels of a bounded set; nothing of what learners do or write.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Live } from './live.ts';
import { hear } from './tally.ts';

/** One for the process. `live` is asked at each reading. */
export function startMetrics(live: () => Promise<Live>): { contentType: string; text(): Promise<string> } {
  const registry = new Registry();
  const registers = [registry];
  // Event loop lag, memory, CPU and descriptors of the process among them.
  collectDefaultMetrics({ register: registry, prefix: 'slipway_' });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `slipway_${name}`, help, labelNames, registers });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `slipway_${name}`, help, labelNames, registers });
  const made = new Histogram({
    name: 'slipway_sandbox_make_seconds',
    help: 'Making a sandbox, to the answer of its engine.',
    buckets: [0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30],
    registers,
  });
  const delay = new Histogram({
    name: 'slipway_verdict_delay_seconds',
    help: 'From the end of a command to the verdict of its step.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const verdicts = counter('verdicts_total', 'Verdicts by state; error: a check that could not be made.', ['state']);
  const terminal = counter('terminal_bytes_total', 'Bytes of terminals, typed (in) and shown (out).', ['direction']);
  for (const state of ['pass', 'fail', 'error']) verdicts.inc({ state }, 0);
  for (const direction of ['in', 'out']) terminal.inc({ direction }, 0);
  hear('sandbox-made', ({ ms }) => made.observe(ms / 1000));
  hear('verdict', ({ state, ms }) => {
    verdicts.inc({ state });
    if (ms !== null) delay.observe(ms / 1000);
  });
  hear('terminal-bytes', ({ direction, bytes }) => terminal.inc({ direction }, bytes));

  const sandboxes = gauge('sandboxes', 'Practice computers: claimed by a learner, warm in stock, being made.', [
    'state',
  ]);
  const most = gauge('sandboxes_max', 'Practice computers that may exist.');
  const waiting = gauge('learners_waiting', 'Learners in line for a practice computer.');
  const sockets = gauge('sockets', 'Open WebSockets of pages.');
  const engineUp = gauge('engine_up', '1 where the host engine answers.');
  const memory = gauge('host_memory_available_bytes', 'Memory of the host that can be given out.');
  const disk = gauge('data_disk_free_bytes', 'Free disk at the data folder.');
  const hubUp = gauge('hub_up', '1 where the practice Docker Hub answers.');
  const requests = counter('hub_requests_total', 'Requests for images since the start.', ['image', 'result']);
  const served = counter('hub_served_bytes_total', 'Bytes of images sent to learners.');
  const fetched = counter('hub_fetched_bytes_total', 'Of these, bytes that came from upstream.');
  const stored = gauge('hub_stored_bytes', 'Bytes that the cache takes; none offline.');
  const cap = gauge('hub_cap_bytes', 'Bytes that the cache may take.');
  const addedSize = gauge('hub_added_bytes', 'Bytes of images that were added.');
  const limit = gauge('hub_upstream_limit', 'Pulls that upstream allows, as it told last.');
  const remaining = gauge('hub_upstream_remaining', 'Pulls that upstream still gives, as it told last.');
  const limited = gauge('hub_upstream_limited', '1 while upstream refuses.');

  return {
    contentType: registry.contentType,
    async text() {
      const now = await live();
      const { claimed, warm, making } = now.sandboxes;
      for (const [state, number] of Object.entries({ claimed, warm, making })) sandboxes.set({ state }, number);
      most.set(now.sandboxes.max);
      waiting.set(now.sandboxes.waiting);
      sockets.set(now.sockets);
      engineUp.set(now.engine === 'up' ? 1 : 0);
      memory.set(now.memory.availableBytes ?? Number.NaN);
      disk.set(now.disk.freeBytes);
      const { hub } = now;
      hubUp.set(hub.ready ? 1 : 0);
      for (const total of [requests, served, fetched]) total.reset();
      for (const [image, outcomes] of Object.entries(hub.requests))
        for (const [result, number] of Object.entries(outcomes)) requests.inc({ image, result }, number);
      served.inc(hub.servedBytes);
      fetched.inc(hub.fetchedBytes);
      stored.set(hub.storedBytes ?? Number.NaN);
      cap.set(hub.capBytes);
      addedSize.set(hub.added.bytes);
      // What is not known is not 0.
      limit.set(hub.rateLimit?.limit ?? Number.NaN);
      remaining.set(hub.rateLimit?.remaining ?? Number.NaN);
      limited.set(hub.limitedSinceMs === null ? 0 : 1);
      return registry.metrics();
    },
  };
}
