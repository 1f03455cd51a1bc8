// Searches the terminal's rows, those above the screen too, and marks what was found.

import { type Signal, signal } from '@preact/signals';
import { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import type { FoundColours } from './theme.ts';

/** `at` is 0 where it is not known which of them is marked. */
export type Found = { at: number; of: number };

export class TerminalSearch {
  readonly found: Signal<Found | null> = signal(null);
  private readonly addon = new SearchAddon({ highlightLimit: 1000 });
  private readonly colours: () => FoundColours;

  constructor(terminal: Terminal, colours: () => FoundColours) {
    this.colours = colours;
    terminal.loadAddon(this.addon);
    this.addon.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.found.value = { at: resultIndex + 1, of: resultCount };
    });
  }

  /** Marks the next older or newer place; from the newest on, where nothing is marked. */
  find(text: string, way: 'older' | 'newer'): void {
    if (text === '') return this.stop();
    const { match, matchBorder, found } = this.colours();
    const decorations = {
      matchBackground: match,
      matchBorder,
      matchOverviewRuler: matchBorder,
      activeMatchBackground: found,
      activeMatchBorder: matchBorder,
      activeMatchColorOverviewRuler: matchBorder,
    };
    if (way === 'older') this.addon.findPrevious(text, { decorations });
    else this.addon.findNext(text, { decorations });
  }

  stop(): void {
    this.addon.clearDecorations();
    this.found.value = null;
  }
}
