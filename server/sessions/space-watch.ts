// Watches what a learner's computer uses of its disk: at each command's end, every 5 s while one runs or the use grows, never while it idles.

import type { Space } from '../../protocol/session.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { SandboxSpace, SpaceReading } from '../sandboxes/space.ts';

export interface SpaceWatchOptions {
  sandbox: Sandbox;
  space: Pick<SandboxSpace, 'read' | 'largest'>;
  /** What was known before, so that it stays until it is known anew. */
  before: Space | null;
  onChange: (space: Space) => void;
  everyMs?: number;
}

const EVERY_MS = 5_000;
/** A look that takes long comes rarely: it takes at most this share of the time. */
const SHARE = 0.1;
const LOW = 0.8;
const FULL = 0.98;
/** Less than this is noise. */
const GROWTH_BYTES = 2 ** 20;

export class SpaceWatch {
  readonly #options: SpaceWatchOptions;
  #space: Space | null;
  #last: SpaceReading | null = null;
  #running = false;
  /** What a command has left running is looked at once more; not where a look costs a program. */
  #ended = false;
  /** A command may have changed what takes most, though not how much that is. */
  #renamed = false;
  #looking = false;
  /** Something happened during the look. */
  #again = false;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: SpaceWatchOptions) {
    this.#options = options;
    this.#space = options.before;
  }

  commandBegins(): void {
    this.#running = true;
    this.#later(0);
  }

  commandEnds(): void {
    this.#running = false;
    this.#ended = true;
    this.#renamed = true;
    void this.look();
  }

  /** Looks now, or once more after the look that goes on. */
  async look(): Promise<void> {
    if (this.#closed) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const beganMs = performance.now();
    const grows = await this.#read().catch(() => false);
    this.#looking = false;
    if (this.#again) {
      this.#again = false;
      return this.look();
    }
    const onceMore = this.#ended && this.#last?.held === true;
    this.#ended = false;
    if (this.#running || grows || onceMore) this.#later(performance.now() - beganMs);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Whether more is used than at the look before. */
  async #read(): Promise<boolean> {
    const { sandbox, space, onChange } = this.#options;
    const before = this.#last;
    const now = await space.read(sandbox);
    if (this.#closed) return false;
    this.#last = now;
    const view = viewOf(now);
    if (view.state !== 'enough') {
      const known = this.#space;
      const isSame = known?.state === view.state && known.short === view.short && known.percent === view.percent;
      const isKnown = isSame && !this.#renamed;
      this.#renamed = false;
      view.largest = isKnown ? known.largest : await space.largest(sandbox, view.short);
    }
    if (this.#closed) return false;
    const changed = JSON.stringify(shown(view)) !== JSON.stringify(this.#space && shown(this.#space));
    this.#space = view;
    if (changed) onChange(view);
    return before !== null && now.usedBytes - before.usedBytes > GROWTH_BYTES;
  }

  #later(tookMs: number): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        void this.look();
      },
      Math.max(this.#options.everyMs ?? EVERY_MS, tookMs / SHARE),
    );
    this.#timer.unref();
  }
}

export function viewOf({ usedBytes, limitBytes, files, held }: SpaceReading): Space {
  const ofBytes = limitBytes === 0 ? 1 : usedBytes / limitBytes;
  const ofFiles = files === null || files.limit === 0 ? 0 : files.used / files.limit;
  const share = Math.max(ofBytes, ofFiles);
  return {
    state: share >= FULL ? 'full' : share >= LOW ? 'low' : 'enough',
    short: ofFiles > ofBytes ? 'files' : 'bytes',
    percent: Math.round(share * 100),
    usedBytes,
    limitBytes,
    held,
    largest: [],
  };
}

/** The page shows whole percents: it need not hear of less. */
function shown({ state, short, percent, largest }: Space) {
  return { state, short, percent, largest: largest.map(({ kind, name }) => `${kind} ${name}`) };
}
