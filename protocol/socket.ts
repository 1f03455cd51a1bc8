// The WebSocket between page and server, one for each terminal: binary frames are its bytes, text frames are these messages.
// Output bytes carry no number: they are counted from `terminal.start`, plus every `gap`.

import { z } from 'zod';
import { mapDifferenceSchema, mapPictureSchema } from './map.ts';
import { sessionSchema } from './session.ts';

export const PROTOCOL_VERSION = 2;

/** A byte that the page has received but not acknowledged is in flight; the server stops reading the shell above this. */
export const WINDOW_BYTES = 512 * 1024;
/** The page acknowledges after xterm.js has parsed this much, so that acknowledgements stay rare. */
export const ACK_BYTES = 64 * 1024;
/** The largest frame the server takes. A longer paste is cut into several by the page. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Of one learner, the first included. */
export const MAX_TERMINALS = 8;

const byteNumber = z.int().nonnegative();
const cells = z.int().min(1).max(1000);

export const clientMessageSchema = z.discriminatedUnion('type', [
  /** First, once. `terminal` names what the page has already shown, so that replay goes on from there. */
  z.strictObject({
    type: z.literal('hello'),
    version: z.literal(PROTOCOL_VERSION),
    terminal: z.strictObject({ id: z.string().max(40), from: byteNumber }).nullable(),
    cols: cells,
    rows: cells,
  }),
  z.strictObject({ type: z.literal('resize'), cols: cells, rows: cells }),
  /** So many more bytes of output have been parsed. */
  z.strictObject({ type: z.literal('ack'), bytes: byteNumber.min(1) }),
  /** From now on the page shows the map, or no longer does. */
  z.strictObject({ type: z.literal('map'), shown: z.boolean() }),
  /** Asks for a `pong`: the page cannot see the WebSocket's own pings, and so could not tell a dead line from a quiet one. */
  z.strictObject({ type: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), session: sessionSchema }),
  /**
   * The shell is attached; the next binary frame starts at byte `start`. Sent again when the sandbox was replaced.
   * With another `id` than the page has, or with a `picture`, it clears the screen; `missed` bytes are gone.
   */
  z.object({
    type: z.literal('terminal'),
    id: z.string(),
    start: byteNumber,
    /** What ends each genuine mark of the shell (OSC 633): the page believes no other. */
    nonce: z.string(),
    missed: byteNumber,
    /** Bytes before this number were written before this attachment: the page does not answer terminal queries in them. */
    live: byteNumber.optional(),
    /** So many bytes of output come before byte `start`, without numbers: they bring a fresh terminal to what was shown there. */
    picture: byteNumber.optional(),
  }),
  /** The shell is away (the sandbox is being replaced or is gone); input is not taken. */
  z.object({ type: z.literal('terminal-lost'), message: z.string() }),
  z.object({ type: z.literal('gap'), missed: byteNumber }),
  /** The whole map, in place of any before. */
  z.object({ type: z.literal('map'), picture: mapPictureSchema }),
  z.object({ type: z.literal('map-change'), change: mapDifferenceSchema }),
  z.object({ type: z.literal('pong') }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

/** Why the server closed a socket. On all other codes the page connects again by itself. */
export const closeCodes = {
  /** A frame was malformed, too large, of an unknown type, or out of order. */
  badFrame: 4000,
  /** No session, or it has ended: the page loads its state anew. */
  noSession: 4001,
  /** The same learner opened another page; it has the terminal now. */
  takenOver: 4002,
  /** The page speaks another version: it loads itself anew, once. */
  unknownVersion: 4003,
  /** This terminal has ended or was never opened; the others go on. */
  noTerminal: 4004,
} as const;
