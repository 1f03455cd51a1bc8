// How many columns and rows there are: as many as there is room for, or those of the page that is followed, drawn as small as it takes.

import { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';

export type Size = { readonly cols: number; readonly rows: number };

/** Of the characters, in CSS pixels; what does not fit then is scrolled to. */
const SMALLEST = 6;

export class TerminalSize {
  private readonly terminal: Terminal;
  private readonly addon = new FitAddon();
  private followed: Size | null = null;
  private chosen = 0;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    terminal.loadAddon(this.addon);
  }

  /** Of the characters, where no other page is followed. */
  get fontSize(): number {
    return this.chosen;
  }

  set fontSize(pixels: number) {
    this.chosen = pixels;
    this.fit();
  }

  follow(size: Size | null): void {
    if (size === null && this.followed === null) return;
    this.followed = size;
    this.fit();
  }

  fit(): void {
    const { terminal, addon, followed } = this;
    terminal.options.fontSize = this.chosen;
    if (!followed) return addon.fit();
    const room = addon.proposeDimensions();
    if (!room) return;
    const share = Math.min(1, room.cols / followed.cols, room.rows / followed.rows);
    terminal.options.fontSize = Math.max(SMALLEST, Math.floor(this.chosen * share * 2) / 2);
    terminal.resize(followed.cols, followed.rows);
  }
}
