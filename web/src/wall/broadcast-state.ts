// What a page knows of the terminal that is shown to the class, and whether it is open there.

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Broadcast } from '../../../protocol/room.ts';

export class BroadcastState {
  /** Null while there is none. */
  readonly now: ReadonlySignal<Broadcast | null>;
  /** What is open: that which is, or that which was until somebody closes it. */
  readonly opened: ReadonlySignal<Broadcast | null>;
  /** Whoever uses the page has opened or put away the one that is. */
  readonly answered: ReadonlySignal<boolean>;
  private readonly told: Signal<Broadcast | null> = signal(null);
  private readonly shown: Signal<Broadcast | null> = signal(null);
  private readonly wasAnswered: Signal<boolean> = signal(false);

  constructor() {
    this.now = this.told;
    this.opened = this.shown;
    this.answered = this.wasAnswered;
  }

  /** As it was told. One that follows another is open where that was. */
  take(broadcast: Broadcast | null): void {
    const isOpen = this.shown.peek() !== null;
    if (broadcast && broadcast.id !== this.told.peek()?.id) this.wasAnswered.value = isOpen;
    this.told.value = broadcast;
    if (broadcast && isOpen) this.shown.value = broadcast;
  }

  open(): void {
    this.wasAnswered.value = true;
    this.shown.value = this.told.peek();
  }

  putAway(): void {
    this.wasAnswered.value = true;
    this.shown.value = null;
  }
}
