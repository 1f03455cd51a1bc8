// The WebSockets of a room beside those of terminals: a class's wall, what a learner is told of the room, and terminals that others look at.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import { MAX_MESSAGE_BYTES } from '../../protocol/limits.ts';
import { type Broadcast, type RoomMessage, roomClientMessageSchema } from '../../protocol/room.ts';
import { closeCodes } from '../../protocol/socket.ts';
import { type WallMessage, wallClientMessageSchema } from '../../protocol/wall.ts';
import { noBroadcast } from '../classes/broadcasts.ts';
import { classOf } from '../classes/classes.ts';
import { noClassOfYours } from '../classes/hands.ts';
import type { Room } from '../classes/room.ts';
import { jsonOf } from '../json.ts';
import type { LearnerSession } from '../sessions/session.ts';
import { Sessions } from '../sessions/sessions.ts';
import type { PersonRow } from '../store/people-store.ts';
import { PageConnection } from '../terminal/page-connection.ts';
import type { SocketLimits } from '../terminal/socket-limits.ts';
import type { TerminalPages } from '../terminal/terminal-pages.ts';
import { watchBroadcast } from './broadcasts.ts';
import { heartbeat } from './heartbeat.ts';
import { OpenSockets } from './open-sockets.ts';
import type { Visitors } from './visitors.ts';

/** What may wait for a page that does not read: the whole wall of a large class several times. */
const UNREAD_BYTES = 4 * 1_048_576;

export interface RoomSocketParts {
  room: Room;
  visitors: Visitors;
  limits: SocketLimits;
  /** All that show this terminal of a learner. */
  pagesOf: (session: LearnerSession, terminal: number) => TerminalPages;
}

type Way = (request: IncomingMessage, duplex: Duplex) => (socket: WebSocket) => void;

/** By path. Each throws SlipwayError where there is nothing to show: `no-class`, `no-class-of-yours`. */
export function roomSockets({ room, visitors, limits, pagesOf }: RoomSocketParts): Record<string, Way> {
  /** By person. */
  const open = new OpenSockets<string>(limits.socketsPerSession);
  const self = (request: IncomingMessage) => visitors.known(request, null);

  /** What `begin` answers is called at the end. */
  function serve({ id }: PersonRow, socket: WebSocket, begin: () => () => void): void {
    socket.on('error', () => socket.terminate());
    if (!open.add(id, socket)) return socket.close(closeCodes.tooManySockets, 'too many connections');
    const end = begin();
    // Who is removed sees nothing more.
    const forget = room.people.watch(() => {
      if (!room.people.get(id)) socket.terminate();
    });
    const heart = heartbeat(socket, limits.pingMs);
    socket.on('close', () => {
      clearInterval(heart);
      end();
      forget();
    });
  }

  return {
    '/ws/wall': (request) => {
      const person = self(request);
      const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('class');
      const { id } = room.classes.get(Number(asked ?? Number.NaN));
      return (socket) => serve(person, socket, () => showWall(socket, room, id));
    },
    '/ws/learner': (request, duplex) => {
      const person = self(request);
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const ofClass = Number(searchParams.get('class') ?? Number.NaN);
      const learner = room.learners.of(ofClass, searchParams.get('person') ?? '');
      const session = Sessions.begun(visitors.sessionOf(learner));
      const terminal = Number(searchParams.get('terminal') ?? 0);
      return (socket) =>
        serve(person, socket, () => {
          const mayType = () => room.keyboards.types(learner.id, person.id);
          const pages = pagesOf(session, terminal);
          const stop = lookOn({ socket, duplex, limits, session, terminal, pages, mayType });
          const unseen = room.help.look(learner.id, person);
          return () => {
            stop();
            unseen();
            if (!room.help.isWatchedBy(learner.id, person.id)) room.keyboards.giveBack(learner.id, person.id);
          };
        });
    },
    '/ws/broadcast': (request, duplex) => {
      const person = self(request);
      const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('class');
      const ofClass = Number(asked ?? Number.NaN);
      const { broadcasts } = room;
      if ((person.role === 'learner' && person.class !== ofClass) || !broadcasts.of(ofClass)) throw noBroadcast();
      return (socket) =>
        serve(person, socket, () => watchBroadcast({ socket, duplex, limits, broadcasts, ofClass, person: person.id }));
    },
    '/ws/room': (request) => {
      const person = self(request);
      const ofClass = classOf(person);
      if (ofClass === null) throw noClassOfYours();
      return (socket) =>
        serve(person, socket, () => {
          const isStaff = person.role !== 'learner';
          const leaves = [
            showRoom(socket, room, person.id),
            showOpenLessons(socket, room, person),
            showBroadcast(room, ofClass, isStaff, (broadcast) => tell(socket, { type: 'broadcast', broadcast })),
          ];
          return () => {
            for (const leave of leaves) leave();
          };
        });
    },
  };
}

/** Until the function that it returns is called. */
function showWall(socket: WebSocket, room: Room, id: number): () => void {
  const wall = room.walls.of(id);
  let wantsLines = false;
  const listener = {
    tell: (message: WallMessage) => tell(socket, message),
    get wantsLines() {
      return wantsLines;
    },
  };
  hear(socket, wallClientMessageSchema, (message) => {
    if (message.type === 'ping') return tell(socket, { type: 'pong' });
    wantsLines = message.shown;
    wall.linesWanted(listener);
  });
  const leave = wall.follow(listener);
  const unseen = showBroadcast(room, id, true, (broadcast) => tell(socket, { type: 'wall-broadcast', broadcast }));
  return () => {
    leave();
    unseen();
  };
}

interface Look {
  socket: WebSocket;
  duplex: Duplex;
  limits: SocketLimits;
  session: LearnerSession;
  terminal: number;
  pages: TerminalPages;
  /** Whether the learner has allowed that. */
  mayType: () => boolean;
}

/** Shows a learner's terminal, and types only what the learner allows. Until the function that it returns is called. */
function lookOn({ socket, duplex, limits, session, terminal, pages, mayType }: Look): () => void {
  const isThere = () => terminal === 0 || session.view().terminals.includes(terminal);
  const connection = new PageConnection({
    socket,
    duplex,
    limits,
    pages,
    looksOn: true,
    view: () => session.view(),
    admits: mayType,
    onInput: () => session.touch(),
    followMap: () => () => {},
    onEnded: () => {},
  });
  const attach = () => {
    if (isThere()) connection.attach(session.sandbox?.terminal(terminal) ?? null);
    else connection.close('noTerminal', 'there is no such terminal');
  };
  let sandbox = session.sandbox;
  attach();
  // As one who observes: who looks on keeps no learner's place.
  return session.observe(() => {
    connection.sendSession();
    if (session.sandbox === sandbox) return;
    sandbox = session.sandbox;
    attach();
  });
}

/** Until the function that it returns is called. */
function showRoom(socket: WebSocket, room: Room, id: string): () => void {
  let told = '';
  const look = () => {
    const person = room.people.get(id);
    if (!person) return;
    const message: RoomMessage = {
      type: 'room',
      hand: room.hands.own(person),
      watchers: room.help.watchersOf(id),
      help: [...room.help.itemsOf(id)],
      keyboard: room.keyboards.of(id),
      pausedBy: person.class === null ? null : room.pauses.by(person.class),
    };
    const now = JSON.stringify(message);
    if (now === told) return;
    told = now;
    tell(socket, message);
  };
  hear(socket, roomClientMessageSchema, () => tell(socket, { type: 'pong' }));
  look();
  const leaves = [room.hands.watch(look), room.help.watch(look), room.keyboards.watch(look), room.classes.watch(look)];
  return () => {
    for (const leave of leaves) leave();
  };
}

/** Until the function that it returns is called. */
function showOpenLessons(socket: WebSocket, room: Room, person: PersonRow): () => void {
  let told: string | null = null;
  const look = () => {
    const lessons = room.classes.openFor(person);
    if (told === lessons.join(' ')) return;
    told = lessons.join(' ');
    tell(socket, { type: 'open-lessons', lessons });
  };
  look();
  return room.classes.watch(look);
}

/** Tells it at once and whenever it changes, to staff with how many look at it, until the function that it returns is called. */
function showBroadcast(
  { broadcasts }: Room,
  ofClass: number,
  isStaff: boolean,
  isNow: (broadcast: Broadcast | null) => void,
): () => void {
  let told: string | null = null;
  const look = () => {
    const now = broadcasts.of(ofClass);
    const broadcast = now && (isStaff ? now : { ...now, watching: null });
    if (told === JSON.stringify(broadcast)) return;
    told = JSON.stringify(broadcast);
    isNow(broadcast);
  };
  look();
  return broadcasts.watch(look);
}

function tell(socket: WebSocket, message: WallMessage | RoomMessage): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > UNREAD_BYTES) {
    socket.close(closeCodes.unread, 'too much waits for this page');
    return socket.terminate();
  }
  socket.send(JSON.stringify(message));
}

function hear<T>(socket: WebSocket, schema: z.ZodType<T>, heard: (message: T) => void): void {
  socket.on('message', (data: Buffer, binary: boolean) => {
    const isRead = !binary && data.length <= MAX_MESSAGE_BYTES;
    const message = isRead ? schema.safeParse(jsonOf(data)).data : undefined;
    if (message === undefined) return socket.close(closeCodes.badFrame, 'malformed message');
    heard(message);
  });
}
