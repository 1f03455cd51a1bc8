// What went through the practice Docker Hub since the server's start, by image, and how much its upstream still gives.

/** `hit`: it was there; `miss`: fetched from upstream; `full`, `limited`: refused by this server's cap, or by upstream's limit. */
export type Outcome = 'hit' | 'miss' | 'full' | 'limited' | 'unknown' | 'down';

/** As upstream's last answer told it. */
export interface RateLimit {
  limit: number;
  remaining: number;
  /** Seconds that the limit counts for; null where it is not said. */
  windowS: number | null;
  atMs: number;
}

export interface HubCounts {
  /** Image, as learners write it, → outcome → requests. `other`: names that this hub does not have. */
  requests: Record<string, Partial<Record<Outcome, number>>>;
  servedBytes: number;
  fetchedBytes: number;
  rateLimit: RateLimit | null;
  /** Since when upstream refuses; null where it does not. */
  limitedSinceMs: number | null;
}

/** More images than that are counted as `other`. */
const MAX_IMAGES = 100;
const OTHER = 'other';

export class HubFigures {
  readonly #requests = new Map<string, Map<Outcome, number>>();
  #servedBytes = 0;
  #fetchedBytes = 0;
  #rateLimit: RateLimit | null = null;
  #limitedSinceMs: number | null = null;

  /** `image` null: no image of this hub, whatever a learner called it. `bytes` were sent to the learner. */
  count(image: string | null, outcome: Outcome, bytes = 0): void {
    const known = image !== null && (this.#requests.has(image) || this.#requests.size < MAX_IMAGES);
    const name = known ? image : OTHER;
    const counted = this.#requests.get(name) ?? new Map<Outcome, number>();
    this.#requests.set(name, counted.set(outcome, (counted.get(outcome) ?? 0) + 1));
    this.#servedBytes += bytes;
    if (outcome === 'miss') this.#fetchedBytes += bytes;
    if (outcome === 'limited') this.#limitedSinceMs ??= Date.now();
  }

  /** Upstream gives again. */
  gives(): void {
    this.#limitedSinceMs = null;
  }

  told(rateLimit: RateLimit): void {
    this.#rateLimit = rateLimit;
    if (rateLimit.remaining > 0) this.gives();
    else this.#limitedSinceMs ??= rateLimit.atMs;
  }

  get limited(): boolean {
    return this.#limitedSinceMs !== null;
  }

  counts(): HubCounts {
    return {
      requests: Object.fromEntries(
        [...this.#requests].map(([image, outcomes]) => [image, Object.fromEntries(outcomes)]),
      ),
      servedBytes: this.#servedBytes,
      fetchedBytes: this.#fetchedBytes,
      rateLimit: this.#rateLimit,
      limitedSinceMs: this.#limitedSinceMs,
    };
  }
}
