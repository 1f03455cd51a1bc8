// The terminals of the learner's computer on this page: each has a link and a screen; one is in front, one may stand beside it.

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { TerminalLink } from './terminal-link.ts';
import type { TerminalScreen } from './terminal-screen.ts';

export type PageTerminal = {
  /** 0 is the computer's first one, which is always there. */
  readonly number: number;
  readonly link: TerminalLink;
  /** Null until xterm.js is loaded. */
  readonly screen: Signal<TerminalScreen | null>;
};

export class Terminals {
  /** In the order of their opening. */
  readonly all: ReadonlySignal<readonly PageTerminal[]>;
  /** Gets the keys. */
  readonly front: ReadonlySignal<PageTerminal>;
  /** By number, from left to right: one, or two beside each other. */
  readonly shown: ReadonlySignal<readonly number[]>;
  private readonly list: Signal<readonly PageTerminal[]>;
  private readonly places: Signal<readonly number[]> = signal([0]);
  private readonly chosen = signal(0);
  readonly first: PageTerminal;
  private readonly makeLink: (number: number) => TerminalLink;

  constructor(makeLink: (number: number) => TerminalLink) {
    this.makeLink = makeLink;
    this.first = this.make(0);
    this.list = signal([this.first]);
    this.all = this.list;
    this.shown = this.places;
    this.front = computed(() => this.list.value.find(({ number }) => number === this.chosen.value) ?? this.first);
  }

  /** Those that the server says are open. */
  sync(open: readonly number[]): void {
    const numbers = [0, ...open.filter((number) => number !== 0)];
    const known = this.list.peek();
    if (known.length === numbers.length && known.every(({ number }, at) => number === numbers[at])) return;
    this.list.value = numbers.map((number) => known.find((one) => one.number === number) ?? this.make(number));
    for (const one of known) if (!numbers.includes(one.number)) this.leave(one);
  }

  /** Brings one to the front, in the place of the one that was there, or where it stands already. */
  choose(number: number): void {
    if (!this.places.peek().includes(number)) {
      this.places.value = this.places.peek().map((other) => (other === this.chosen.peek() ? number : other));
    }
    this.chosen.value = number;
  }

  /** To the one before or after. */
  turn(step: -1 | 1): void {
    const numbers = this.list.peek().map(({ number }) => number);
    const at = numbers.indexOf(this.chosen.peek()) + step + numbers.length;
    this.choose(numbers[at % numbers.length] ?? 0);
  }

  /** Two beside each other, or the front one alone. False where there is no second one. */
  split(on: boolean): boolean {
    const front = this.chosen.peek();
    const other = this.list.peek().findLast(({ number }) => number !== front);
    if (on && !other) return false;
    this.places.value = on && other ? [front, other.number].toSorted((a, b) => a - b) : [front];
    return true;
  }

  dispose(): void {
    for (const { link } of this.list.peek()) link.dispose();
  }

  private make(number: number): PageTerminal {
    return { number, link: this.makeLink(number), screen: signal(null) };
  }

  private leave({ number, link }: PageTerminal): void {
    link.dispose();
    const left = this.places.peek().filter((other) => other !== number);
    const next = left[0] ?? this.list.peek().at(-1)?.number ?? 0;
    this.places.value = left.length > 0 ? left : [next];
    if (this.chosen.peek() === number) this.chosen.value = next;
  }
}
