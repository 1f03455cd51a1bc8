// What page and server hold to on a socket: sizes and times. Those that an operator may change are settings of the server
// (`server/config.ts`), and stand here with what holds where nothing is said.

const KIB = 1024;

/** A byte that the page has received but not acknowledged is in flight; above this the server stops reading the shell. */
export const WINDOW_BYTES = 512 * KIB;
/** The page acknowledges after xterm.js has parsed this much, so that acknowledgements stay rare. */
export const ACK_BYTES = 64 * KIB;
/** The largest frame that the server takes. */
export const MAX_FRAME_BYTES = 64 * KIB;
/** The largest that the page sends: a longer paste is cut, so that a Ctrl-C comes soon after it. */
export const PAGE_FRAME_BYTES = 16 * KIB;
/** Of a long paste it is told how far it has gone each time that the program has taken so much. */
export const TAKEN_BYTES = 256 * KIB;
/** Of a text frame. */
export const MAX_MESSAGE_BYTES = 1000;
/** Of one learner, the first included. */
export const MAX_TERMINALS = 8;
/** Columns and rows. */
export const MAX_CELLS = 1000;

/** The page asks for a sign of life when nothing came for so long; a dead line is known after two of them at the latest. */
export const BEAT_MS = 8_000;
/** The same where the page has reason to doubt: the network was away, or the computer slept. */
export const PROBE_MS = 3_000;
/** A socket that neither opens nor fails is given up by the page after this. */
export const OPEN_WITHIN_MS = 10_000;
/** Connecting again begins after the first and waits twice as long each time, up to the longest, with jitter. */
export const FIRST_RETRY_MS = 250;
export const LONGEST_RETRY_MS = 5_000;
/** Keys typed while the line, or the shell behind it, is away, from the first one on: by the page, and by the server. */
export const KEPT_INPUT_MS = 10_000;
export const KEPT_INPUT_BYTES = 64 * KIB;
