// How much the store may hold, online: learners choose what it caches, so beyond the limit it takes nothing new.

/** A scan costs an exec in the hub's container. */
const RESCAN_MS = 10_000;
/** As long a download by the cache may take; until then it may not be seen on disk. */
const UNDERWAY_MS = 15 * 60_000;

/** What is on the store's disk. */
export interface StoreContents {
  /** Of all files, those of downloads under way included. */
  bytes: number;
  /** Digests of blobs and manifests, and `repository:tag`. */
  keys: ReadonlySet<string>;
}

export interface CacheBudgetOptions {
  capBytes: number;
  contents: () => Promise<StoreContents>;
  nowMs?: () => number;
}

export class CacheBudget {
  readonly #options: CacheBudgetOptions;
  readonly #nowMs: () => number;
  /** What was let in since, with its size. */
  readonly #underway = new Map<string, { bytes: number; sinceMs: number }>();
  #scan: { atMs: number; contents: Promise<StoreContents> } | null = null;

  constructor(options: CacheBudgetOptions) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? Date.now;
  }

  /**
   * Whether that key may be served: it is there, or its bytes still fit, which are then taken into account.
   * `bytesOf` is asked for what is not there; null means that it does not exist. Rejects where the store cannot be looked at.
   */
  async admit(key: string, bytesOf: () => Promise<number | null>): Promise<boolean> {
    if (await this.has(key)) return true;
    const bytes = await bytesOf();
    if (bytes === null) return true;
    return (await this.#fits(key, bytes)) || (this.#forgetScan() && (await this.#fits(key, bytes)));
  }

  /** What was let in does not come: it does not exist. */
  release(key: string): void {
    this.#underway.delete(key);
  }

  /** Whether it is there, or on its way. Rejects where the store cannot be looked at. */
  async has(key: string): Promise<boolean> {
    return this.#underway.has(key) || (await this.#contents()).keys.has(key);
  }

  /** What the store takes, with what is on its way; null until it was looked at. */
  async bytes(): Promise<number> {
    const { bytes } = await this.#contents();
    return [...this.#underway.values()].reduce((sum, one) => sum + one.bytes, bytes);
  }

  async #fits(key: string, bytes: number): Promise<boolean> {
    const { bytes: stored, keys } = await this.#contents();
    // From here to the end nothing waits, so that two cannot take the same room.
    if (this.#underway.has(key) || keys.has(key)) return true;
    const coming = [...this.#underway.values()].reduce((sum, one) => sum + one.bytes, 0);
    if (stored + coming + bytes > this.#options.capBytes) return false;
    this.#underway.set(key, { bytes, sinceMs: this.#nowMs() });
    return true;
  }

  #contents(): Promise<StoreContents> {
    this.#scan ??= { atMs: this.#nowMs(), contents: this.#look() };
    return this.#scan.contents;
  }

  async #look(): Promise<StoreContents> {
    try {
      const contents = await this.#options.contents();
      for (const [key, { sinceMs }] of this.#underway)
        if (contents.keys.has(key) || this.#nowMs() - sinceMs > UNDERWAY_MS) this.#underway.delete(key);
      return contents;
    } catch (error) {
      this.#scan = null;
      throw error;
    }
  }

  /** The cache drops by itself what nobody asked for in a week. False where the last look is too fresh for another. */
  #forgetScan(): boolean {
    if (this.#scan === null || this.#nowMs() - this.#scan.atMs < RESCAN_MS) return false;
    this.#scan = null;
    return true;
  }
}

/** Reads the lines `SIZE PATH` of all files of a store of Distribution's. */
export function readContents(listing: string): StoreContents {
  let bytes = 0;
  const keys = new Set<string>();
  for (const line of listing.split(/\r?\n/)) {
    const [, size, path] = /^(\d+) (.+)$/.exec(line) ?? [];
    if (size === undefined || path === undefined) continue;
    bytes += Number(size);
    const digest = /\/blobs\/sha256\/..\/([0-9a-f]{64})\/data$/.exec(path)?.[1];
    const [, repository, tag] = /\/repositories\/(.+)\/_manifests\/tags\/([^/]+)\/current\/link$/.exec(path) ?? [];
    if (digest !== undefined) keys.add(`sha256:${digest}`);
    if (repository !== undefined) keys.add(`${repository}:${tag}`);
  }
  return { bytes, keys };
}
