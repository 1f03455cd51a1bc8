// Gives the terminal the look that the learner has chosen, as soon as it changes.

import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import { rememberedLook } from './remembered-look.ts';
import { followPage, type Scheme, schemeOf, themes } from './theme.ts';

export class TerminalLook {
  readonly scheme: ReadonlySignal<Scheme>;
  private readonly stops: (() => void)[];

  /** For an opened terminal. */
  constructor(terminal: Terminal, fit: FitAddon) {
    const look = rememberedLook();
    const usualSize = matchMedia('(max-width: 760px)').matches ? 12 : 14;
    const page = signal(0);
    this.scheme = computed(() => {
      page.value;
      return schemeOf(look.value.colours);
    });
    this.stops = [
      followPage(() => {
        page.value += 1;
      }),
      effect(() => {
        terminal.options.theme = themes[this.scheme.value];
      }),
      effect(() => {
        terminal.options.screenReaderMode = look.value.screenReader;
        terminal.options.fontSize = look.value.fontSize ?? usualSize;
        fit.fit();
      }),
    ];
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }
}
