// How often a door begins a connection's TLS: a handshake is work for the server, which all learners share.

import type { Server } from 'node:https';
import type { Duplex } from 'node:stream';

/** A pull of many layers takes a dozen. */
const AT_ONCE = 40;
const EVERY_MS = 30;

/** From now on the server begins no more than these; who comes faster waits. Answers what ends those who wait. */
export function paceHandshakes(server: Server): () => void {
  const [begin] = server.listeners('connection') as [(socket: Duplex) => void];
  const waiting = new Set<Duplex>();
  /** When the next one would be due if none could come at once. */
  let dueMs = 0;
  server.removeListener('connection', begin);
  server.on('connection', (socket: Duplex) => {
    const nowMs = performance.now();
    dueMs = Math.max(dueMs, nowMs - AT_ONCE * EVERY_MS) + EVERY_MS;
    if (dueMs <= nowMs) return begin.call(server, socket);
    const gone = () => socket.destroy();
    waiting.add(socket.on('error', gone));
    setTimeout(() => {
      waiting.delete(socket.removeListener('error', gone));
      if (!socket.destroyed) begin.call(server, socket);
    }, dueMs - nowMs);
  });
  return () => {
    for (const socket of waiting) socket.destroy();
  };
}
