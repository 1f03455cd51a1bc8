// Finds out that a socket is dead.

import type { WebSocket } from 'ws';

/** A connection from which nothing comes, not even an answer to a ping, has gone without saying so. */
export function heartbeat(socket: WebSocket, everyMs: number): NodeJS.Timeout {
  let alive = true;
  // On a slow line an answer waits behind output, whose acknowledgements come.
  for (const sign of ['pong', 'message'] as const) {
    socket.on(sign, () => {
      alive = true;
    });
  }
  return setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, everyMs);
}
