// What the parts of the drawn map share: which thing is chosen, and what is lit up.

import { type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export class MapFocus {
  /** The item whose details are open. */
  readonly chosen: Signal<string | null> = signal(null);
  /** The card under the pointer or with the focus. */
  readonly lit: Signal<string | null> = signal(null);
  /** By its diff id: lit wherever it is drawn. */
  readonly litLayer: Signal<string | null> = signal(null);
  private opener: HTMLElement | null = null;

  /** Opens the details; choosing the same again closes them. */
  choose(item: string, opener: HTMLElement | null): void {
    if (this.chosen.peek() === item) return this.close();
    // What was chosen in the details themselves goes back to where they were opened.
    if (opener?.closest('[data-card], .map-side-head, .map-hub')) this.opener = opener;
    this.chosen.value = item;
  }

  close(): void {
    this.chosen.value = null;
    this.opener?.focus();
  }

  light(card: string | null): void {
    this.lit.value = card;
  }

  lightLayer(diffId: string | null): void {
    this.litLayer.value = diffId;
  }
}

const Context = createContext<MapFocus>(new MapFocus());
export const MapFocusProvider = Context.Provider;
export const useMap = (): MapFocus => useContext(Context);
