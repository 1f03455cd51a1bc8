// A teacher's terminal that a class sees: the routes by which it begins and ends, and the socket of one who looks on.

import type { Duplex } from 'node:stream';
import express from 'express';
import type { WebSocket } from 'ws';
import { broadcastBeginSchema } from '../../protocol/room.ts';
import type { Broadcasts } from '../classes/broadcasts.ts';
import type { Room } from '../classes/room.ts';
import { PageConnection } from '../terminal/page-connection.ts';
import type { SocketLimits } from '../terminal/socket-limits.ts';
import { TerminalPages } from '../terminal/terminal-pages.ts';
import { bodyOf, nothing } from './body.ts';
import type { Visitors } from './visitors.ts';

export function broadcastRoutes({ broadcasts, classes }: Room, visitors: Visitors): express.Router {
  const router = express.Router();
  router.post('/classes/:class/broadcast', (request, response) => {
    const { terminal } = bodyOf(request, broadcastBeginSchema);
    const { id } = classes.get(Number(request.params.class));
    broadcasts.begin(id, visitors.known(request, response), terminal);
    response.json(null);
  });
  router.post('/classes/:class/broadcast/end', (request, response) => {
    bodyOf(request, nothing);
    broadcasts.end(classes.get(Number(request.params.class)).id);
    response.json(null);
  });
  return router;
}

interface Watching {
  socket: WebSocket;
  duplex: Duplex;
  limits: SocketLimits;
  broadcasts: Broadcasts;
  ofClass: number;
  person: string;
}

/** Shows it, and nothing else of its computer, until the function that it returns is called. Throws `no-broadcast`. */
export function watchBroadcast({ socket, duplex, limits, broadcasts, ofClass, person }: Watching): () => void {
  const onEnd = () => connection.close('noTerminal', 'the terminal is shown no more');
  const { shell, shared, leave } = broadcasts.look(ofClass, person, onEnd);
  const connection = new PageConnection({
    socket,
    duplex,
    limits,
    shared,
    looksOn: true,
    // Nobody leads these: what is typed goes nowhere, and the teacher's screen is not drawn anew for one who was too slow.
    pages: new TerminalPages(),
    view: () => null,
    onInput: () => {},
    followMap: () => () => {},
    onEnded: () => {},
  });
  connection.attach(shell);
  return leave;
}
