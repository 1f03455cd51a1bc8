// Floods the server from a thread of its own: in that of the test it would hold up the keys whose echo is measured there.

import { parentPort, workerData } from 'node:worker_threads';
import { BINARY, frame, HELLO, RawWebSocket, TEXT } from '../../support/raw-web-socket.ts';

export type Flood = 'keys' | 'messages' | 'connections';
export interface FlooderData {
  server: { port: number; url: string };
  cookie: string;
  what: Flood;
}

const KEYS = frame(BINARY, `${'x'.repeat(1023)}\n`.repeat(16));
const MESSAGES = Buffer.concat(
  Array.from({ length: 500 }, (_, n) =>
    frame(
      TEXT,
      JSON.stringify(
        [
          { type: 'ping' },
          { type: 'ack', bytes: 1 },
          { type: 'map', shown: n % 8 < 4 },
          { type: 'resize', cols: 80 + (n % 9), rows: 24 },
          { type: 'lead', cols: 80 + (n % 9), rows: 24 },
        ][n % 5],
      ),
    ),
  ),
);

const { server, cookie, what } = workerData as FlooderData;
const open = () => RawWebSocket.open(server, cookie);
if (what === 'connections') {
  for (let n = 0; ; n++) {
    using one = await open();
    one.send(HELLO, KEYS.subarray(0, 100));
    if (n === 0) parentPort?.postMessage('begun');
  }
}
const flooder = await open();
flooder.send(HELLO);
flooder.socket.resume();
flooder.flood(what === 'keys' ? KEYS : MESSAGES);
parentPort?.postMessage('begun');
