// The WebSocket upgrade: access, Origin and session are checked before there is a socket.

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { routes } from '../../protocol/http.ts';
import { closeCodes, MAX_FRAME_BYTES } from '../../protocol/socket.ts';
import { SlipwayError } from '../errors.ts';
import type { LearnerSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { PageConnection } from '../terminal/page-connection.ts';
import { type Access, checkOrigin } from './access.ts';
import { readCookie } from './cookies.ts';
import { problemOf } from './problems.ts';

/** A dead line is known after two of them. */
const PING_MS = 10_000;
const GOODBYE_MS = 500;

export interface SocketParts {
  sessions: Sessions;
  access: Access;
}

export interface Sockets {
  readonly count: number;
  /** Tells every page that the server goes away; they connect again by themselves. */
  close(): void;
}

export function serveSockets(server: Server, parts: SocketParts): Sockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  const current = new Map<LearnerSession, PageConnection>();

  server.on('upgrade', (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    duplex.on('error', () => duplex.destroy());
    try {
      const session = admit(request, parts);
      sockets.handleUpgrade(request, duplex, head, (socket) => connect(socket, duplex, session));
    } catch (error) {
      refuse(duplex, error);
    }
  });

  function connect(socket: WebSocket, duplex: Duplex, session: LearnerSession): void {
    const connection = new PageConnection({
      socket,
      duplex,
      view: () => session.view(),
      onInput: () => session.touch(),
      followMap: (tell) => session.map.follow(tell),
    });
    current.get(session)?.close(closeCodes.takenOver, 'open in another page');
    current.set(session, connection);
    connection.attach(session.sandbox);
    const silence = session.listen({
      onChange: () => connection.sendSession(),
      onSandbox: (sandbox) => connection.attach(sandbox),
    });
    const heart = heartbeat(socket);
    socket.on('close', () => {
      clearInterval(heart);
      silence();
      if (current.get(session) === connection) current.delete(session);
    });
  }

  return {
    get count() {
      return sockets.clients.size;
    },
    close() {
      for (const socket of sockets.clients) {
        socket.close(1012, 'the server stops');
        // A page that does not say goodbye holds up nobody.
        setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
      }
      sockets.close();
    },
  };
}

function admit(request: IncomingMessage, { access, sessions }: SocketParts): LearnerSession {
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== routes.socket) {
    throw new SlipwayError('not-found', 'There is nothing at this address.', { next: 'Reload the page.', status: 404 });
  }
  access.check(request);
  if (request.headers.origin === undefined) {
    throw new SlipwayError('foreign-origin', 'An upgrade needs an Origin.', {
      next: "Use Slipway's own page.",
      status: 403,
    });
  }
  checkOrigin(request);
  return sessions.get(readCookie(request, 'slipway_session'));
}

/** A connection from which nothing comes, not even an answer to a ping, has gone without saying so. */
function heartbeat(socket: WebSocket): NodeJS.Timeout {
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
  }, PING_MS);
}

function refuse(duplex: Duplex, error: unknown): void {
  const { status, problem } = problemOf(error);
  const body = JSON.stringify(problem);
  duplex.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
