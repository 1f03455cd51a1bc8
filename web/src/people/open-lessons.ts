// What a learner's page without a terminal is told of their class: which lessons are open.

import { routes } from '../../../protocol/http.ts';
import { roomMessageSchema } from '../../../protocol/room.ts';
import { RoomSocket } from '../wall/room-socket.ts';

export type OpenLessons = Pick<RoomSocket<unknown>, 'dispose'>;

/** Tells at once, and whenever it changes, until it is disposed of. */
export function openLessons(tell: (slugs: readonly string[]) => void): OpenLessons {
  return new RoomSocket(routes.room, roomMessageSchema, (message) => {
    if (message.type === 'open-lessons') tell(message.lessons);
  });
}
