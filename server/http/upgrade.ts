// The WebSocket upgrade: access, Origin and session are checked before there is a socket.

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { routes } from '../../protocol/http.ts';
import { type CloseCode, closeCodes } from '../../protocol/socket.ts';
import type { Room } from '../classes/room.ts';
import { SlipwayError } from '../errors.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { LearnerSession } from '../sessions/session.ts';
import { Sessions } from '../sessions/sessions.ts';
import { PageConnection } from '../terminal/page-connection.ts';
import type { SocketLimits } from '../terminal/socket-limits.ts';
import { isTerminalAnswer } from '../terminal/terminal-answers.ts';
import { TerminalPages } from '../terminal/terminal-pages.ts';
import { type Access, checkOrigin } from './access.ts';
import { addressOf } from './address.ts';
import { heartbeat } from './heartbeat.ts';
import { OpenSockets } from './open-sockets.ts';
import { problemOf } from './problems.ts';
import { roomSockets } from './room-sockets.ts';
import type { Visitors } from './visitors.ts';

const ESCAPE = 0x1b;
/** A page that does not say goodbye holds up nobody for longer; when the server stops, not so long. */
const GOODBYE_MS = 5_000;
const LAST_GOODBYE_MS = 500;

export interface SocketParts {
  visitors: Visitors;
  access: Access;
  limits: SocketLimits;
  behindProxy: boolean;
  /** Null where a learner is alone at this server. */
  room: Room | null;
}

interface Page {
  socket: WebSocket;
  duplex: Duplex;
  session: LearnerSession;
  terminal: number;
  /** The id of whose page it is; null where nobody says who they are. */
  learner: string | null;
}

export interface Sockets {
  readonly count: number;
  /** Tells every page that the server goes away; they connect again by themselves. */
  close(): void;
}

export function serveSockets(server: Server, parts: SocketParts): Sockets {
  /** Its types do not know of `closeTimeout` yet. */
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    maxPayload: parts.limits.maxFrameBytes,
    closeTimeout: GOODBYE_MS,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  };
  const sockets = new WebSocketServer(options);
  /** By terminal. A page that has not greeted yet belongs to them, too: they stay as long as the session. */
  const shown = new WeakMap<LearnerSession, Map<number, TerminalPages>>();
  const open = new OpenSockets<LearnerSession>(parts.limits.socketsPerSession);

  server.on('upgrade', (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    duplex.on('error', () => duplex.destroy());
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const accept = ways[pathname];
      if (!accept) throw nothingHere();
      admit(request, pathname, parts);
      sockets.handleUpgrade(request, duplex, head, accept(request, duplex));
    } catch (error) {
      refuse(duplex, error);
    }
  });

  /** By path: throws SlipwayError, or answers what to do with the socket. */
  const ways: Record<string, (request: IncomingMessage, duplex: Duplex) => (socket: WebSocket) => void> = {
    [routes.socket]: (request, duplex) => {
      const session = Sessions.begun(parts.visitors.session(request));
      session.address = addressOf(request, parts.behindProxy);
      const learner = parts.visitors.person(request, null)?.id ?? null;
      return (socket) => connect({ socket, duplex, session, terminal: terminalOf(request), learner });
    },
    ...(parts.room ? roomSockets({ ...parts, room: parts.room, pagesOf }) : {}),
  };

  function pagesOf(session: LearnerSession, terminal: number): TerminalPages {
    const terminals = shown.get(session) ?? new Map<number, TerminalPages>();
    shown.set(session, terminals);
    const pages = terminals.get(terminal) ?? new TerminalPages();
    terminals.set(terminal, pages);
    return pages;
  }

  function connect({ socket, duplex, session, terminal, learner }: Page): void {
    const keyboards = parts.room?.keyboards;
    const refuseTo = (code: CloseCode, reason: string) => {
      socket.on('error', () => socket.terminate());
      socket.close(closeCodes[code], reason);
    };
    if (!open.add(session, socket)) return refuseTo('tooManySockets', 'too many connections');
    /** The first one comes back with the next computer; the others are gone with theirs. */
    const isThere = () => terminal === 0 || session.view().terminals.includes(terminal);
    if (!isThere()) return refuseTo('noTerminal', 'there is no such terminal');
    const admits = (data: Buffer) => {
      const takesBack = learner && keyboards?.of(learner)?.allowed && !isTerminalAnswer(data);
      if (takesBack) keyboards?.takeBack(learner);
      // An Escape says only that; in the middle of another one's line it would change what is typed next.
      return !session.held && !(takesBack && data.length === 1 && data[0] === ESCAPE);
    };
    const shell = (sandbox: Sandbox | null) => sandbox?.terminal(terminal) ?? null;
    const pages = pagesOf(session, terminal);
    const connection = new PageConnection({
      socket,
      duplex,
      limits: parts.limits,
      pages,
      view: () => session.view(),
      admits,
      onInput: () => session.touch(),
      onDrawn: () => session.pageIsDrawn(),
      followMap: (tell) => session.map.follow(tell),
      onEnded: () => session.terminalEnded(terminal),
    });
    connection.attach(shell(session.sandbox));
    const silence = session.listen({
      onChange: () => connection.sendSession(),
      onSandbox: (sandbox) => {
        if (isThere()) connection.attach(shell(sandbox));
        else connection.close('noTerminal', 'the computer is gone');
      },
      onGone: () => connection.close('noTerminal', 'the learner is gone'),
    });
    const heart = heartbeat(socket, parts.limits.pingMs);
    socket.on('close', () => {
      clearInterval(heart);
      silence();
      if (learner && !session.standing.connected) keyboards?.takeBack(learner);
    });
  }

  return {
    get count() {
      return sockets.clients.size;
    },
    close() {
      for (const socket of sockets.clients) {
        socket.close(closeCodes.serverStops, 'the server stops');
        setTimeout(() => socket.terminate(), LAST_GOODBYE_MS).unref();
      }
      sockets.close();
    },
  };
}

/** Throws SlipwayError for who may not have a socket at this address. */
function admit(request: IncomingMessage, path: string, { access, visitors }: SocketParts): void {
  access.check(request);
  if (request.headers.origin === undefined) {
    throw new SlipwayError('foreign-origin', 'An upgrade needs an Origin.', {
      next: "Use Slipway's own page.",
      status: 403,
    });
  }
  checkOrigin(request);
  visitors.checkUpgrade(request, path);
}

function nothingHere(): SlipwayError {
  return new SlipwayError('not-found', 'There is nothing at this address.', { next: 'Reload the page.', status: 404 });
}

/** Which one the page asks for; one that cannot be is as one that is not there. */
function terminalOf(request: IncomingMessage): number {
  return Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('terminal') ?? 0);
}

function refuse(duplex: Duplex, error: unknown): void {
  const { status, problem } = problemOf(error);
  const body = JSON.stringify(problem);
  duplex.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
