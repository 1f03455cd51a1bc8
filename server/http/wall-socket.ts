// The WebSocket of a class's wall: what a page of a teacher or assistant is told, and what it may say.

import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../../protocol/limits.ts';
import { closeCodes } from '../../protocol/socket.ts';
import { type WallClientMessage, type WallMessage, wallClientMessageSchema } from '../../protocol/wall.ts';
import type { Room } from '../classes/room.ts';
import type { SocketLimits } from '../terminal/socket-limits.ts';
import { heartbeat } from './heartbeat.ts';
import { stranger, type Visitors } from './visitors.ts';

/** What may wait for a page that does not read: the whole wall of a large class several times. */
const UNREAD_BYTES = 4 * 1_048_576;
const PATH = '/ws/wall';

export interface WallSocketParts {
  room: Room;
  visitors: Visitors;
  limits: SocketLimits;
}

type Way = (request: IncomingMessage) => (socket: WebSocket) => void;

/** By path. Each throws SlipwayError `no-class` where there is none. */
export function wallSockets({ room, visitors, limits }: WallSocketParts): Record<string, Way> {
  /** By person. */
  const open = new Map<string, number>();
  return {
    [PATH]: (request) => {
      const person = visitors.person(request, null);
      if (!person) throw stranger();
      const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('class');
      const { id } = room.classes.get(Number(asked ?? Number.NaN));
      return (socket) => {
        socket.on('error', () => socket.terminate());
        const before = open.get(person.id) ?? 0;
        if (before >= limits.socketsPerSession) return socket.close(closeCodes.tooManySockets, 'too many connections');
        open.set(person.id, before + 1);
        const leave = show(socket, room, id);
        // A removed assistant sees nothing more.
        const forget = room.people.watch(() => {
          if (!room.people.isThere(person.id)) socket.terminate();
        });
        const heart = heartbeat(socket, limits.pingMs);
        socket.on('close', () => {
          clearInterval(heart);
          leave();
          forget();
          const left = (open.get(person.id) ?? 1) - 1;
          if (left > 0) open.set(person.id, left);
          else open.delete(person.id);
        });
      };
    },
  };
}

/** Until the function that it returns is called. */
function show(socket: WebSocket, room: Room, id: number): () => void {
  const wall = room.walls.of(id);
  let wantsLines = false;
  const tell = (message: WallMessage) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > UNREAD_BYTES) {
      socket.close(closeCodes.unread, 'too much waits for this page');
      return socket.terminate();
    }
    socket.send(JSON.stringify(message));
  };
  const listener = {
    tell,
    get wantsLines() {
      return wantsLines;
    },
  };
  socket.on('message', (data: Buffer, binary: boolean) => {
    const message = binary ? null : readMessage(data);
    if (!message) return socket.close(closeCodes.badFrame, 'malformed message');
    if (message.type === 'ping') return tell({ type: 'pong' });
    wantsLines = message.shown;
    wall.linesWanted(listener);
  });
  return wall.follow(listener);
}

function readMessage(data: Buffer): WallClientMessage | null {
  try {
    if (data.length > MAX_MESSAGE_BYTES) return null;
    return wallClientMessageSchema.safeParse(JSON.parse(data.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
