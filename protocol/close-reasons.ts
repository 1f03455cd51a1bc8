// What each close code means and what the page does then, for the document.

import type { CloseCode } from './socket.ts';

export const closeReasons: Readonly<Record<CloseCode, { means: string; page: string }>> = {
  badFrame: {
    means: 'A frame was malformed, too long for a message, of an unknown type, or out of order.',
    page: 'Says that it and the server do not understand each other, and offers to load itself anew.',
  },
  unknownVersion: {
    means: 'The page speaks another version.',
    page: 'Loads itself anew, once; then as for `badFrame`.',
  },
  noTerminal: {
    means: 'This terminal has ended or was never opened; the others go on.',
    page: 'Takes its tab away.',
  },
  inputFlood: {
    means: 'More was typed or pasted than the server keeps for a program that does not read it.',
    page: 'Says that not all of it arrived, and offers to go on.',
  },
  tooManySockets: {
    means: 'This learner has too many connections at once.',
    page: 'Asks to close other pages of this browser, and offers to try again.',
  },
  noHello: { means: 'No `hello` came in time.', page: 'Connects again by itself.' },
  unread: {
    means: 'More waits for the page than the server keeps: the page does not read.',
    page: 'Connects again by itself.',
  },
  frameTooLarge: { means: 'A frame was larger than the server takes.', page: 'As for `badFrame`.' },
  serverStops: { means: 'The server stops, or is started anew.', page: 'Connects again by itself.' },
};
