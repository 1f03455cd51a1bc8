// Keeps xterm.js from answering terminal queries found in old output.
//
// A replay holds the queries of programs that may be long gone ("who are you", "where is the cursor"); an answer now
// would land at the prompt as if it had been typed. xterm.js gives answers and keystrokes out of the same onData, and
// parses some time after write(), so neither a moment nor a look at the data tells them apart. What does is the parser:
// the handlers below stand before the built-in ones and swallow every query that xterm.js answers, while the silence
// lasts. Silence begins and ends by the callbacks of empty writes, which xterm.js calls in the order of the writes, so
// it covers exactly the old bytes, whenever they are parsed. Keystrokes do not pass the parser and are always sent.
//
// One answer has no query: switching focus reports on (CSI ? 1004 h) reports the focus at once. The mode must be set,
// so that report alone is recognised by what it says; it is never what a key sends.

import type { IDisposable, Terminal } from '@xterm/xterm';

const FOCUS_REPORTS = ['\x1b[I', '\x1b[O'];

export class Silence {
  private now = false;
  private queued = false;
  private readonly terminal: Terminal;
  private readonly handlers: IDisposable[];

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    const { parser } = terminal;
    const swallow = () => this.now;
    const swallowColourQuery = (data: string) => this.now && data.includes('?');
    this.handlers = [
      // Device attributes (DA1, DA2, DA3) and status or cursor reports (DSR).
      ...['', '>', '='].map((prefix) => parser.registerCsiHandler({ prefix, final: 'c' }, swallow)),
      ...['', '?'].map((prefix) => parser.registerCsiHandler({ prefix, final: 'n' }, swallow)),
      // Modes (DECRQM), window reports, settings (DECRQSS).
      ...['', '?'].map((prefix) => parser.registerCsiHandler({ prefix, intermediates: '$', final: 'p' }, swallow)),
      parser.registerCsiHandler({ final: 't' }, swallow),
      parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow),
      // Colours of the palette, foreground, background and cursor.
      ...[4, 10, 11, 12].map((ident) => parser.registerOscHandler(ident, swallowColourQuery)),
    ];
  }

  /** Says whether the bytes of the next write are to be parsed in silence. */
  beforeWrite(silent: boolean): void {
    if (silent === this.queued) return;
    this.queued = silent;
    this.terminal.write('', () => {
      this.now = silent;
    });
  }

  /** Whether data from onData is an answer that must not be sent. */
  covers(data: string): boolean {
    return this.now && FOCUS_REPORTS.includes(data);
  }

  dispose(): void {
    for (const handler of this.handlers) handler.dispose();
  }
}
