// The map as the server last told it, and what became different just now.

import { type Signal, signal } from '@preact/signals';
import { applied, type MapPicture } from '../../../protocol/map.ts';
import type { MapMessage } from '../terminal/terminal-link.ts';

/** Two pictures that followed each other; `before` is null where nothing was known. */
export type MapStep = { before: MapPicture | null; now: MapPicture };

export class MapState {
  /** Null until the server has told it. */
  readonly step: Signal<MapStep | null> = signal(null);

  /** As tables, not as a picture. */
  readonly asTables: Signal<boolean> = signal(false);

  receive(message: MapMessage): void {
    const before = this.step.peek()?.now ?? null;
    if (message.type === 'map') this.step.value = { before, now: message.picture };
    else if (before) this.step.value = { before, now: applied(before, message.change) };
  }
}
