// Who waits for a practice computer, in the order in which they came; a place is kept through a reload or a lost connection.

export interface Waiter<T> {
  /** The place, or what is said of it, may have changed. */
  onChange(): void;
  /** It is this one's; the place is no more. */
  onGranted(thing: T): void;
  /** Nobody was there for too long: the place is no more. */
  onGivenUp(): void;
}

export interface Place {
  /** 1 is the next; 0 where the place is no more. */
  readonly number: number;
  /** Whether somebody is there to take what comes. Each word of absence begins the grace anew. */
  present(is: boolean): void;
  /** Nobody wants it any more. Nothing is told. */
  leave(): void;
}

interface Standing<T> {
  waiter: Waiter<T>;
  grace: NodeJS.Timeout | undefined;
}

/** As long as a reload, a tunnel or a restarted router takes. */
export const GRACE_MS = 60_000;

export class Line<T> {
  #standing: Standing<T>[] = [];

  get length(): number {
    return this.#standing.length;
  }

  /** A place at the end, or with `first` before all others, whose holder is not there yet. */
  join(waiter: Waiter<T>, { first = false } = {}): Place {
    const one: Standing<T> = { waiter, grace: undefined };
    if (first) this.#standing.unshift(one);
    else this.#standing.push(one);
    this.#present(one, false);
    if (first) this.tell();
    const numberOf = () => this.#standing.indexOf(one) + 1;
    return {
      get number() {
        return numberOf();
      },
      present: (is) => this.#present(one, is),
      leave: () => {
        if (this.#remove(one)) this.tell();
      },
    };
  }

  /** Gives it to the first. Throws where nobody waits. */
  grant(thing: T): void {
    const [first] = this.#standing;
    if (!first) throw new Error('nobody waits');
    this.#remove(first);
    first.waiter.onGranted(thing);
    this.tell();
  }

  /** Tells all to look at their places again. */
  tell(): void {
    for (const { waiter } of [...this.#standing]) waiter.onChange();
  }

  /** Sends all away without a word. */
  close(): void {
    for (const one of [...this.#standing]) this.#remove(one);
  }

  #present(one: Standing<T>, is: boolean): void {
    clearTimeout(one.grace);
    one.grace = undefined;
    if (is || !this.#standing.includes(one)) return;
    one.grace = setTimeout(() => {
      if (!this.#remove(one)) return;
      one.waiter.onGivenUp();
      this.tell();
    }, GRACE_MS);
    one.grace.unref();
  }

  #remove(one: Standing<T>): boolean {
    clearTimeout(one.grace);
    const before = this.#standing.length;
    this.#standing = this.#standing.filter((other) => other !== one);
    return this.#standing.length < before;
  }
}
