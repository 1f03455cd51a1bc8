// What a terminal shows after some of its output, and the bytes that bring a fresh terminal there: xterm.js without a screen.

import { createRequire } from 'node:module';
import type { ITerminalAddon } from '@xterm/headless';
import headless from '@xterm/headless';
import { countAsTheComputer } from '../../protocol/character-widths.ts';

// Their own types would bring those of a browser into this program.
const require = createRequire(import.meta.url);
const { SerializeAddon } = require('@xterm/addon-serialize') as {
  SerializeAddon: new () => ITerminalAddon & { serialize(options: { scrollback: number }): string };
};
const { Unicode11Addon } = require('@xterm/addon-unicode11') as { Unicode11Addon: new () => ITerminalAddon };

/** As the page's own. */
const SCROLLBACK = 5000;
/** Of a picture that is kept and sent. */
export const PICTURE_BYTES = 1024 * 1024;
const GROUND = 0;
const SHELL_MARKS = 633;
const OTHER_SCREEN = '\x1b[?1049h';
/** CAN: what was cut in two ends here; then no attributes. */
const GIVE_UP = '\x18\x1b[0m';

/** What xterm.js has no public name for. Tests tell where a version has another one. */
interface Inner {
  _inputHandler: { _parser: { currentState: number } };
  _charsetService: { charset?: Record<string, string> };
  buffer: { scrollTop: number; scrollBottom: number; savedX: number; savedY: number; ybase: number };
  coreService: { isCursorHidden: boolean };
  coreMouseService: { activeEncoding: string };
}

const ENCODINGS: Record<string, string> = { SGR: '\x1b[?1006h', SGR_PIXELS: '\x1b[?1016h' };

export class ScreenState {
  readonly #terminal: InstanceType<typeof headless.Terminal>;
  readonly #serialize = new SerializeAddon();
  #title = '';
  #whole = true;
  /** The shell's marks of the command that runs: without them a page would take a program for the prompt. */
  #running = '';

  /** `nonce` ends each genuine mark of the shell. */
  constructor({ cols, rows }: { cols: number; rows: number }, nonce: string) {
    this.#terminal = new headless.Terminal({ cols, rows, scrollback: SCROLLBACK, allowProposedApi: true });
    this.#terminal.loadAddon(this.#serialize);
    countAsTheComputer(this.#terminal, new Unicode11Addon());
    this.#terminal.onTitleChange((title) => {
      this.#title = title;
    });
    let line = '';
    this.#terminal.parser.registerOscHandler(SHELL_MARKS, (data) => {
      const mark = `\x1b]${SHELL_MARKS};${data}\x07`;
      if (!data.endsWith(`;${nonce}`)) return true;
      if (data.startsWith('E;')) line = mark;
      else if (data.startsWith('P;')) line += mark;
      else this.#running = data.startsWith('C;') ? line + mark : '';
      return true;
    });
  }

  get size(): { cols: number; rows: number } {
    const { cols, rows } = this.#terminal;
    return { cols, rows };
  }

  /** Whether `picture` can tell everything: no character, sequence or full line waits for what comes next. */
  get settled(): boolean {
    const { cursorX } = this.#terminal.buffer.active;
    return this.#whole && this.#inner._inputHandler._parser.currentState === GROUND && cursorX < this.#terminal.cols;
  }

  /** Resolves when the bytes are on the screen; they may be written over then. */
  async write(bytes: Uint8Array | string): Promise<void> {
    await new Promise<void>((resolve) => this.#terminal.write(bytes, resolve));
    this.#whole = typeof bytes === 'string' || endsWhole(bytes);
  }

  /** Bytes are missing before the next ones. */
  gap(): Promise<void> {
    return this.write(GIVE_UP);
  }

  resize(cols: number, rows: number): void {
    this.#terminal.resize(cols, rows);
  }

  /** For a fresh terminal of this size: lines above the screen, both screens, modes, cursor, title and what runs. */
  picture(linesAbove = SCROLLBACK): string {
    const { buffer, modes } = this.#terminal;
    const inner = this.#inner;
    const { scrollTop, scrollBottom, savedX, savedY, ybase } = inner.buffer;
    const { active } = buffer;
    const at = (row: number, column: number) => `\x1b[${row + 1};${column + 1}H`;
    const region = scrollTop > 0 || scrollBottom < this.#terminal.rows - 1;
    const origin = modes.originMode;
    const grounds = this.#lastGrounds();
    return [
      // The addon writes the present attributes before it leaves the first screen, and would find them there again.
      this.#serialize.serialize({ scrollback: linesAbove }).replace(OTHER_SCREEN, `\x1b[0m${OTHER_SCREEN}`),
      this.#title && `\x1b]2;${this.#title}\x07`,
      origin ? '\x1b[?6l' : '',
      grounds && `\x1b7${grounds}\x1b8`,
      region ? `\x1b[${scrollTop + 1};${scrollBottom + 1}r` : '',
      savedX > 0 || savedY > ybase || grounds ? `${at(Math.max(0, savedY - ybase), savedX)}\x1b7` : '',
      at(active.cursorY, active.cursorX),
      origin ? `\x1b[?6h${at(active.cursorY - scrollTop, active.cursorX)}` : '',
      ENCODINGS[inner.coreMouseService.activeEncoding] ?? '',
      inner.coreService.isCursorHidden ? '\x1b[?25l' : '',
      inner._charsetService.charset?.q === '─' ? '\x1b(0' : '',
      this.#running,
    ].join('');
  }

  /** The same, with as many lines above as fit: what waits for a page that does not read is bounded. The screen itself is always whole. */
  boundedPicture(mostBytes: number): string {
    let lines = SCROLLBACK;
    let picture = this.picture(lines);
    while (lines > 0 && Buffer.byteLength(picture) > mostBytes) {
      lines = Math.floor(lines / 2);
      picture = this.picture(lines);
    }
    return picture;
  }

  /** The addon leaves out the last rows where they hold nothing but a background. */
  #lastGrounds(): string {
    const { active } = this.#terminal.buffer;
    let drawn = '';
    for (let row = this.#terminal.rows - 1; row >= 0; row--) {
      const line = active.getLine(active.baseY + row);
      const cell = line?.getCell(0);
      if (!line || !cell || line.translateToString(true) !== '') break;
      if (cell.isBgDefault()) continue;
      drawn += `\x1b[${row + 1}H\x1b[${groundOf(cell.getBgColor(), cell.isBgRGB())}m\x1b[2K`;
    }
    return drawn;
  }

  dispose(): void {
    this.#terminal.dispose();
  }

  get #inner(): Inner {
    return (this.#terminal as unknown as { _core: Inner })._core;
  }
}

function groundOf(colour: number, rgb: boolean): string {
  if (rgb) return `48;2;${colour >> 16};${(colour >> 8) & 255};${colour & 255}`;
  return colour < 8 ? `${40 + colour}` : `48;5;${colour}`;
}

/** Whether the last character of these bytes of UTF-8 is all there. */
function endsWhole(bytes: Uint8Array): boolean {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return true;
    if (byte >= 0xc0) return back >= (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
  }
  return true;
}
