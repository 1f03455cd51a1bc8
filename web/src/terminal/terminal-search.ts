// Searches the terminal's rows, those above the screen too, and marks what was found.

import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { foundColours, type Scheme } from './theme.ts';

/** `at` is 0 where it is not known which of them is marked. */
export type Found = { at: number; of: number };

export class TerminalSearch {
  readonly found: Signal<Found | null> = signal(null);
  private readonly addon = new SearchAddon({ highlightLimit: 1000 });
  private readonly scheme: ReadonlySignal<Scheme>;
  private readonly stopFollowing: () => void;
  private text = '';

  constructor(terminal: Terminal, scheme: ReadonlySignal<Scheme>) {
    this.scheme = scheme;
    terminal.loadAddon(this.addon);
    this.addon.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.found.value = { at: resultIndex + 1, of: resultCount };
    });
    this.stopFollowing = effect(() => {
      scheme.value;
      this.mark();
    });
  }

  /** Marks the next older or newer place; from the newest on, where nothing is marked. */
  find(text: string, way: 'older' | 'newer'): void {
    if (text === '') return this.stop();
    this.text = text;
    const { decorations } = this;
    if (way === 'older') this.addon.findPrevious(text, { decorations });
    else this.addon.findNext(text, { decorations });
  }

  stop(): void {
    this.text = '';
    this.addon.clearDecorations();
    this.found.value = null;
  }

  dispose(): void {
    this.stopFollowing();
  }

  /** In the colours of now, and nothing else is gone to. */
  private mark(): void {
    if (this.text === '') return;
    this.addon.clearDecorations();
    this.addon.findPrevious(this.text, { decorations: this.decorations, incremental: true });
  }

  private get decorations() {
    const { match, matchBorder, found } = foundColours[this.scheme.peek()];
    return {
      matchBackground: match,
      matchBorder,
      matchOverviewRuler: matchBorder,
      activeMatchBackground: found,
      activeMatchBorder: matchBorder,
      activeMatchColorOverviewRuler: matchBorder,
    };
  }
}
