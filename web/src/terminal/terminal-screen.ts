// Owns xterm.js and its addons: shows output, gives out input, follows size and colour scheme.

import '@xterm/xterm/css/xterm.css';
import { type Signal, signal } from '@preact/signals';
import { FitAddon } from '@xterm/addon-fit';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { texts } from '../texts.ts';
import { copyText } from './clipboard.ts';
import { CommandPlaces } from './command-places.ts';
import type { Screen } from './connection.ts';
import { binaryBytes } from './input-frames.ts';
import { keyAction, onMac } from './key-bindings.ts';
import { openLink } from './links.ts';
import { ShellCommands } from './shell-commands.ts';
import { Silence } from './silence.ts';
import { followTheme } from './theme.ts';
import { withCtrl } from './touch-key.ts';
import { loadWebgl } from './webgl.ts';

export type ScreenEvents = {
  onInput(bytes: Uint8Array<ArrayBuffer>): void;
  onResize(): void;
};

const FONT = 'ui-monospace, "SFMono-Regular", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

export class TerminalScreen implements Screen {
  /** The touch row's Ctrl, armed for one key. */
  readonly ctrl: Signal<boolean> = signal(false);
  readonly commands: ShellCommands;
  readonly places: CommandPlaces;
  /** Of all rows, in CSS pixels. */
  readonly height: Signal<number> = signal(0);
  private readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly silence: Silence;
  private readonly observer: ResizeObserver;
  private readonly stopTheme: () => void;
  private frame = 0;

  constructor(host: HTMLElement, events: ScreenEvents) {
    const narrow = matchMedia('(max-width: 760px)').matches;
    const terminal = new Terminal({
      allowProposedApi: true, // unicode11 needs it
      cursorBlink: true,
      fontFamily: FONT,
      fontSize: narrow ? 12 : 14,
      lineHeight: 1.2,
      linkHandler: { activate: openLink },
      minimumContrastRatio: 4.5,
      scrollback: 5000,
    });
    this.terminal = terminal;
    terminal.loadAddon(this.fit);
    terminal.loadAddon(new WebLinksAddon(openLink));
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    this.stopTheme = followTheme((theme) => {
      terminal.options.theme = theme;
    });
    terminal.open(host);
    terminal.textarea?.setAttribute('aria-label', texts.terminal.input);
    loadWebgl(terminal);
    this.silence = new Silence(terminal);
    const mac = onMac();
    terminal.attachCustomKeyEventHandler((event) => this.takesKey(event, mac));
    this.commands = new ShellCommands(terminal);
    this.places = new CommandPlaces(terminal, this.commands);
    terminal.onData((data) => this.input(data, events));
    terminal.onBinary((data) => events.onInput(binaryBytes(data)));
    terminal.onResize(() => events.onResize());
    this.fit.fit();
    const rows = host.querySelector<HTMLElement>('.xterm-screen');
    this.observer = new ResizeObserver(() => {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => {
        this.fit.fit();
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
    this.terminal.write(bytes, parsed);
  }

  trust(nonce: string): void {
    this.commands.trust(nonce);
  }

  clear(): void {
    // CAN first: the old output may have ended within an escape sequence. Written, not called, to stay in order.
    this.terminal.write('\x18\x1bc');
  }

  tellMissing(bytes: number): void {
    this.terminal.write(`\x18\x1b[0m\r\x1b[2m${texts.terminal.gone(bytes)}\x1b[0m\r\n`);
  }

  /** Says something of the page's own between the lines; a program that has the whole screen is not disturbed. */
  notice(text: string): void {
    if (this.terminal.buffer.active.type === 'normal') this.terminal.write(`\r\n\x1b[1m${text}\x1b[0m\r\n`);
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
    this.stopTheme();
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

  private takesKey(event: KeyboardEvent, mac: boolean): boolean {
    const action = keyAction(event, this.terminal.hasSelection(), mac);
    if (action === null) return true;
    if (action === 'native-paste') return false;
    if (action === 'previous-command' || action === 'next-command') {
      // A program that has the whole screen has these keys too.
      if (this.terminal.buffer.active.type === 'alternate') return true;
      event.preventDefault();
      this.jump(action === 'previous-command' ? -1 : 1);
      return false;
    }
    event.preventDefault();
    void copyText(this.selection);
    if (action === 'copy-selection') this.terminal.clearSelection();
    return false;
  }
}
