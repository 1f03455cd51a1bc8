// The WebSocket between page and server, one for each terminal: binary frames are its bytes, text frames are these messages.
// Output bytes carry no number: they are counted from `terminal.start`, plus every `gap`.

import { z } from 'zod';
import { MAX_CELLS } from './limits.ts';
import { mapDifferenceSchema, mapPictureSchema } from './map.ts';
import { sessionSchema } from './session.ts';

export const PROTOCOL_VERSION = 3;

const byteNumber = z.int().nonnegative();
const cells = z.int().min(1).max(MAX_CELLS);
const sizeSchema = z.object({ cols: cells, rows: cells });

export const clientMessageSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('hello'),
      version: z.literal(PROTOCOL_VERSION),
      terminal: z
        .strictObject({ id: z.string().max(40), from: byteNumber })
        .nullable()
        .describe(
          'What the page has shown already, and the number of the first byte that it lacks: replay goes on there.',
        ),
      cols: cells,
      rows: cells,
      lead: z
        .boolean()
        .describe(
          'Whether this page wants to lead. One that followed another before it lost its line does not; where no other page is there it leads all the same.',
        ),
    })
    .describe('First, once.'),
  z
    .strictObject({ type: z.literal('resize'), cols: cells, rows: cells })
    .describe('The size of the screen. Of many in a moment the last one counts.'),
  z
    .strictObject({ type: z.literal('lead'), cols: cells, rows: cells })
    .describe('This page leads from now on, and the terminal has this size.'),
  z
    .strictObject({ type: z.literal('ack'), bytes: byteNumber.min(1) })
    .describe('So many more bytes of output have been parsed.'),
  z
    .strictObject({ type: z.literal('map'), shown: z.boolean() })
    .describe(
      'From now on the page shows the map, or no longer does. Also tells that the page is drawn (see `drawing` where a lesson is opened).',
    ),
  z
    .strictObject({ type: z.literal('ping') })
    .describe(
      "Asks for a `pong`: the page cannot see the WebSocket's own pings, and so could not tell a dead line from a quiet one.",
    ),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('session'), session: sessionSchema })
    .describe('After the hello, and whenever it changes.'),
  z
    .object({
      type: z.literal('terminal'),
      id: z.string().describe("Names the terminal's byte numbers: those of another id mean nothing."),
      start: byteNumber.describe('Number of the first byte of the next binary frame.'),
      nonce: z.string().describe('What ends each genuine mark of the shell (OSC 633): the page believes no other.'),
      missed: byteNumber.describe('So many bytes before `start` are gone.'),
      live: byteNumber
        .optional()
        .describe(
          'Bytes before this number were written before this attachment: the page does not answer terminal queries in them.',
        ),
      picture: byteNumber
        .optional()
        .describe(
          'So many bytes of output come before byte `start`, without numbers: they bring a fresh terminal to what was shown there.',
        ),
      follows: sizeSchema
        .nullable()
        .describe(
          'The size of the terminal where another page leads: this one shows it so and answers no terminal queries. Null where this page leads.',
        ),
    })
    .describe(
      'The shell is attached. Sent again when the sandbox was replaced, and when another page begins or ceases to lead. With another `id` than the page has, or with a `picture`, it clears the screen.',
    ),
  z
    .object({ type: z.literal('terminal-lost'), message: z.string() })
    .describe('The shell is away (the sandbox is being replaced or is gone).'),
  z
    .object({ type: z.literal('size'), cols: cells, rows: cells })
    .describe('To a page that follows: the terminal has this size before the next binary frame.'),
  z
    .object({ type: z.literal('input-refused'), bytes: byteNumber })
    .describe(
      'So much input was not taken: it came before a shell was there, or while it was away, and none came for it in time; or nothing may be typed now, as in a class that is paused. It is never typed.',
    ),
  z
    .object({ type: z.literal('taken'), bytes: byteNumber })
    .describe(
      'So much of what this page has sent since the last `terminal` has gone to the program, or was thrown away by a Ctrl-C. Told each 256 KiB (`TAKEN_BYTES`).',
    ),
  z
    .object({ type: z.literal('gap'), missed: byteNumber })
    .describe('So many bytes are gone before the next binary frame.'),
  z.object({ type: z.literal('map'), picture: mapPictureSchema }).describe('The whole map, in place of any before.'),
  z.object({ type: z.literal('map-change'), change: mapDifferenceSchema }).describe('What has changed on it.'),
  z.object({ type: z.literal('pong') }).describe('To a `ping`.'),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

/** Why the server closed a socket. On all other codes, as when the network went away, the page connects again by itself. */
export const closeCodes = {
  badFrame: 4000,
  unknownVersion: 4003,
  noTerminal: 4004,
  inputFlood: 4005,
  tooManySockets: 4006,
  noHello: 4007,
  unread: 4008,
  /** The numbers that the WebSocket protocol has for these: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
  frameTooLarge: 1009,
  serverStops: 1012,
} as const;
export type CloseCode = keyof typeof closeCodes;
