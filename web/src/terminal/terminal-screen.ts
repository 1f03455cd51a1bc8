// Owns xterm.js and its addons: shows output, gives out input, follows size and look.

import { type Signal, signal } from '@preact/signals';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { countAsTheComputer } from '../../../protocol/character-widths.ts';
import { texts } from '../texts.ts';
import { followBell } from './bell.ts';
import { bufferText } from './buffer-text.ts';
import { CommandPlaces } from './command-places.ts';
import type { Screen } from './connection.ts';
import { binaryBytes, LINE_AWAY } from './input-frames.ts';
import { openLink } from './links.ts';
import { bindPageKeys } from './page-keys.ts';
import { Recording } from './recording.ts';
import { copySelections } from './selection-copies.ts';
import { ShellCommands } from './shell-commands.ts';
import { Silence } from './silence.ts';
import { TerminalLook } from './terminal-look.ts';
import { TerminalSearch } from './terminal-search.ts';
import { type Size, TerminalSize } from './terminal-size.ts';
import { withCtrl } from './touch-key.ts';
import { scrollByTouch } from './touch-scroll.ts';
import { loadWebgl } from './webgl.ts';

export type ScreenEvents = {
  onInput(bytes: Uint8Array<ArrayBuffer>): void;
  onResize(): void;
  /** The browser's own paste, by keys or mouse. */
  onPaste(text: string): void;
  onSearch(): void;
  /** To the terminal before or after. */
  onTurn(step: -1 | 1): void;
};

const RESET = '\x18\x1bc';
const FONT = 'ui-monospace, "SFMono-Regular", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

export class TerminalScreen implements Screen {
  /** The touch row's Ctrl, armed for one key. */
  readonly ctrl: Signal<boolean> = signal(false);
  readonly commands: ShellCommands;
  readonly places: CommandPlaces;
  /** Of all rows, in CSS pixels. */
  readonly height: Signal<number> = signal(0);
  readonly search: TerminalSearch;
  readonly look = new TerminalLook();
  /** How often the bell has rung. */
  readonly bell: Signal<number>;
  readonly recording: Recording;
  private readonly terminal: Terminal;
  private readonly size: TerminalSize;
  private readonly silence: Silence;
  private readonly observer: ResizeObserver;
  private readonly stopTouch: () => void;
  private frame = 0;

  constructor(host: HTMLElement, events: ScreenEvents) {
    const terminal = new Terminal({
      allowProposedApi: true, // widths of characters need it
      cursorBlink: true,
      fontFamily: FONT,
      lineHeight: 1.2,
      linkHandler: { activate: openLink },
      minimumContrastRatio: 4.5,
      macOptionClickForcesSelection: true,
      scrollback: 5000,
      ...this.look.options,
    });
    this.terminal = terminal;
    this.size = new TerminalSize(terminal);
    terminal.loadAddon(new WebLinksAddon(openLink));
    countAsTheComputer(terminal, new Unicode11Addon());
    terminal.open(host);
    terminal.textarea?.setAttribute('aria-label', texts.terminal.input);
    void loadWebgl(terminal);
    this.silence = new Silence(terminal);
    bindPageKeys(terminal, {
      jump: (step) => this.jump(step),
      search: () => events.onSearch(),
      turn: (step) => events.onTurn(step),
    });
    this.commands = new ShellCommands(terminal);
    this.places = new CommandPlaces(terminal, this.commands);
    terminal.onData((data) => this.input(data, events));
    terminal.onBinary((data) => events.onInput(binaryBytes(data)));
    terminal.onResize(() => events.onResize());
    copySelections(terminal, host);
    this.stopTouch = scrollByTouch(terminal, host);
    this.bell = followBell(terminal);
    this.look.follow(terminal, this.size);
    this.search = new TerminalSearch(terminal, this.look.scheme);
    const onPaste = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      events.onPaste(event.clipboardData?.getData('text/plain') ?? '');
    };
    host.addEventListener('paste', onPaste, { capture: true });
    this.recording = new Recording({ cols: terminal.cols, rows: terminal.rows });
    terminal.onResize((size) => this.recording.resize(size));
    const rows = host.querySelector<HTMLElement>('.xterm-screen');
    this.observer = new ResizeObserver(() => {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => {
        this.size.fit();
        this.height.value = rows?.offsetHeight ?? 0;
      });
    });
    this.observer.observe(host);
    if (rows) this.observer.observe(rows);
  }

  get cols(): number {
    return this.terminal.cols;
  }

  get rows(): number {
    return this.terminal.rows;
  }

  get fontSize(): number {
    return this.size.fontSize;
  }

  get bracketedPaste(): boolean {
    return this.terminal.modes.bracketedPasteMode;
  }

  /** Whether the shell waits for a command, as its marks tell; false while a program runs or asks something. */
  get atPrompt(): boolean {
    return this.commands.atPrompt;
  }

  get applicationCursor(): boolean {
    return this.terminal.modes.applicationCursorKeysMode;
  }

  get selection(): string {
    return this.terminal.getSelection();
  }

  write(bytes: Uint8Array, old: boolean, parsed: () => void): void {
    this.silence.beforeWrite(old);
    this.recording.output(bytes);
    this.terminal.write(bytes, parsed);
  }

  trust(nonce: string): void {
    this.commands.trust(nonce);
  }

  clear(): void {
    // CAN first: the old output may have ended within an escape sequence. Written, not called, to stay in order.
    this.terminal.write(RESET);
    this.recording.output(new TextEncoder().encode(RESET));
  }

  follow(size: Size | null): void {
    this.terminal.write('', () => this.size.follow(size));
  }

  lead(): void {
    this.size.follow(null);
  }

  tellMissing(bytes: number, above: boolean): void {
    const line = `\x18\x1b[0m\r\x1b[2m${texts.terminal.gone({ n: bytes })}\x1b[0m\r\n`;
    this.terminal.write(above ? `${line}\x1b[${this.rows}H\n\x1b[H` : line);
  }

  /** Says something of the page's own between the lines; a program that has the whole screen is not disturbed. */
  notice(text: string): void {
    if (this.terminal.buffer.active.type === 'normal') this.terminal.write(`\r\n\x1b[1m${text}\x1b[0m\r\n`);
  }

  /** Calls when rows were drawn; the function that it returns ends that. */
  onRender(call: () => void): () => void {
    const drawn = this.terminal.onRender(call);
    return () => drawn.dispose();
  }

  /** Types text as the learner would. */
  type(text: string): void {
    this.terminal.input(text);
  }

  paste(text: string): void {
    this.terminal.paste(text);
  }

  selectAll(): void {
    this.terminal.selectAll();
  }

  clearScrollback(): void {
    this.terminal.clear();
    this.commands.cleared();
  }

  /** A new start for a terminal that a program has left in disorder: the screen here, its settings by the shell. */
  reset(): void {
    this.clear();
    if (this.atPrompt) this.type(`${LINE_AWAY}stty sane\r`);
  }

  /** All that can be scrolled to, as text. */
  text(): string {
    return `${bufferText(this.terminal.buffer.normal, 0)}\n`;
  }

  /** To the command before or after; behind the last back to the prompt. */
  jump(step: -1 | 1): void {
    if (this.places.jump(step)) return;
    this.terminal.scrollToBottom();
    this.focus();
  }

  focus(): void {
    this.terminal.focus();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.stopTouch();
    this.look.dispose();
    this.search.dispose();
    this.silence.dispose();
    this.places.dispose();
    this.commands.dispose();
    this.terminal.dispose();
  }

  private input(data: string, events: ScreenEvents): void {
    if (this.silence.covers(data)) return;
    const text = this.ctrl.peek() ? withCtrl(data) : data;
    this.ctrl.value = false;
    events.onInput(new TextEncoder().encode(text));
  }
}
