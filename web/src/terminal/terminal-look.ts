// Gives the terminal the look that the learner has chosen, as soon as it changes.

import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Terminal } from '@xterm/xterm';
import { rememberedLook } from './remembered-look.ts';
import type { TerminalSize } from './terminal-size.ts';
import { followPage, type Scheme, schemeOf, themes } from './theme.ts';

export class TerminalLook {
  readonly scheme: ReadonlySignal<Scheme>;
  private readonly look = rememberedLook();
  private readonly usualSize = matchMedia('(max-width: 760px)').matches ? 12 : 14;
  private readonly stops: (() => void)[];

  constructor() {
    const page = signal(0);
    this.scheme = computed(() => {
      page.value;
      return schemeOf(this.look.value.colours);
    });
    this.stops = [
      followPage(() => {
        page.value += 1;
      }),
    ];
  }

  /** As it is now: a terminal that is made with it is not drawn anew for it. */
  get options() {
    const { screenReader, fontSize } = this.look.value;
    return {
      theme: themes[this.scheme.value],
      screenReaderMode: screenReader,
      fontSize: fontSize ?? this.usualSize,
    };
  }

  /** Gives it to an opened terminal from now on. */
  follow(terminal: Terminal, size: TerminalSize): void {
    this.stops.push(
      effect(() => {
        const { fontSize, ...options } = this.options;
        terminal.options = options;
        size.fontSize = fontSize;
      }),
    );
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }
}
