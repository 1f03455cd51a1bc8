// Which of a lesson's panes are shown: the one in front where they share a place, and what was put away, remembered by this browser.

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { browserIsKnown } from '../rendering/browser-known.ts';
import { arrangement } from './arrangement.ts';
import { type Arrangement, hasRoomForMap, keepOpen, keptOpen } from './room.ts';

export type Pane = 'lesson' | 'terminal' | 'map';

export class Panes {
  readonly arrangement: ReadonlySignal<Arrangement> = arrangement();
  readonly front: Signal<Pane> = signal('lesson');
  readonly lessonShown: ReadonlySignal<boolean>;
  readonly terminalShown: ReadonlySignal<boolean>;
  readonly mapShown: ReadonlySignal<boolean>;
  private readonly lessonOpen = signal(keptOpen('lesson') ?? true);
  private readonly mapOpen = signal(keptOpen('map') ?? (import.meta.env.RENDERING || hasRoomForMap(innerWidth)));

  constructor() {
    const place = this.arrangement;
    this.lessonShown = computed(() =>
      place.value.lesson === 'tabs' ? this.front.value === 'lesson' : this.lessonOpen.value || !browserIsKnown.value,
    );
    this.mapShown = computed(() =>
      place.value.map === 'tab' ? this.front.value === 'map' : this.mapOpen.value || !browserIsKnown.value,
    );
    this.terminalShown = computed(() => {
      if (place.value.lesson === 'tabs') return this.front.value === 'terminal';
      return place.value.map !== 'tab' || this.front.value !== 'map';
    });
  }

  /** Brings a pane into sight. */
  show(pane: Pane): void {
    this.front.value = pane;
    if (pane === 'map') this.setMap(true);
    if (pane === 'lesson') this.setLesson(true);
  }

  /** Puts one away; where it shares a place, the terminal has that place then. */
  hide(pane: 'lesson' | 'map'): void {
    if (this.front.peek() === pane) this.front.value = 'terminal';
    if (pane === 'map') this.setMap(false);
    else this.setLesson(false);
  }

  /** What is chosen for a small window is not meant for a large one. */
  private setMap(open: boolean): void {
    if (this.arrangement.peek().map === 'tab') return;
    this.mapOpen.value = open;
    keepOpen('map', open);
  }
  private setLesson(open: boolean): void {
    if (this.arrangement.peek().lesson === 'tabs') return;
    this.lessonOpen.value = open;
    keepOpen('lesson', open);
  }
}
