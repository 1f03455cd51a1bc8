// How often a door begins a connection's TLS: a handshake is work for the server, which all learners share.

import type { Server } from 'node:https';
import type { Duplex } from 'node:stream';
import { Pace } from '../pace.ts';

/** A pull of many layers takes a dozen. */
const AT_ONCE = 40;
const PER_SECOND = 1000 / 30;

/** From now on the server begins no more than these; who comes faster waits. Answers what ends those who wait. */
export function paceHandshakes(server: Server): () => void {
  const [begin] = server.listeners('connection') as [(socket: Duplex) => void];
  const waiting = new Set<Duplex>();
  const pace = new Pace(PER_SECOND, AT_ONCE);
  server.removeListener('connection', begin);
  server.on('connection', (socket: Duplex) => {
    const restMs = pace.took(1);
    if (restMs === 0) return begin.call(server, socket);
    const gone = () => socket.destroy();
    waiting.add(socket.on('error', gone));
    setTimeout(() => {
      waiting.delete(socket.removeListener('error', gone));
      if (!socket.destroyed) begin.call(server, socket);
    }, restMs);
  });
  return () => {
    for (const socket of waiting) socket.destroy();
  };
}
