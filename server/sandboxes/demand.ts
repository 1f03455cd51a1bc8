// How many computers should wait ready, and how long one waits for a place: both from what happened lately.
//
// The rule of the stock: as many as came within the busiest half minute of the last ten, at least the floor, at most the
// ceiling. Half a minute is about what it takes to make a handful beside learners at work.

export interface DemandOptions {
  floor: number;
  ceiling: number;
  /** Milliseconds that only go forward. */
  clock?: () => number;
}

const BURST_MS = 30_000;
const REMEMBERED_MS = 10 * 60_000;
/** Places that got free are remembered longer: lessons take a while. */
const FREED_MS = 30 * 60_000;
const MAX_REMEMBERED = 1_000;
const FEWEST_FREED = 2;
/** Before the first one was made. */
const USUAL_MAKING_MS = 1_500;

export class Demand {
  readonly #options: DemandOptions;
  readonly #clock: () => number;
  #arrivals: number[] = [];
  #freed: number[] = [];
  #makingMs = USUAL_MAKING_MS;

  constructor(options: DemandOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
  }

  /** Somebody wants a computer. */
  arrived(): void {
    this.#arrivals = [...this.#recent(this.#arrivals, REMEMBERED_MS), this.#clock()].slice(-MAX_REMEMBERED);
  }
  /** Somebody gave one back. */
  freed(): void {
    this.#freed = [...this.#recent(this.#freed, FREED_MS), this.#clock()].slice(-MAX_REMEMBERED);
  }
  made(inMs: number): void {
    this.#makingMs = (this.#makingMs * 3 + inMs) / 4;
  }

  /** How many should wait ready now. */
  get target(): number {
    const { floor, ceiling } = this.#options;
    const arrivals = this.#recent(this.#arrivals, REMEMBERED_MS);
    let busiest = 0;
    for (let first = 0, last = 0; last < arrivals.length; last++) {
      while ((arrivals[last] ?? 0) - (arrivals[first] ?? 0) > BURST_MS) first++;
      busiest = Math.max(busiest, last - first + 1);
    }
    return Math.min(ceiling, Math.max(floor, busiest));
  }

  /** When the target may be lower than now, in ms; null where it is as low as it gets. */
  get lowerInMs(): number | null {
    const [oldest] = this.#recent(this.#arrivals, REMEMBERED_MS);
    if (oldest === undefined || this.target <= this.#options.floor) return null;
    return oldest + REMEMBERED_MS - this.#clock() + 1;
  }

  /** Until this place's turn comes while computers are made for those who wait, so many at once. */
  makingMs(place: number, atOnce: number): number {
    return Math.ceil(place / atOnce) * this.#makingMs;
  }
  /** Until so many more give theirs back; null where too few did lately. */
  freeingMs(place: number): number | null {
    const freed = this.#recent(this.#freed, FREED_MS);
    if (freed.length < FEWEST_FREED) return null;
    return (place * (this.#clock() - (freed[0] ?? 0))) / freed.length;
  }

  #recent(times: readonly number[], withinMs: number): number[] {
    const since = this.#clock() - withinMs;
    return times.filter((time) => time > since);
  }
}
