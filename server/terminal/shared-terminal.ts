// One terminal for any number of people who look on: read once, as a watcher who slows nobody, and kept here as far back as its holder
// keeps it. Each reader goes through this copy at its own pace, with a gap where it was too slow; a holder itself has 64 clients at most.

import { setTimeout as delay } from 'node:timers/promises';
import { HolderClient, type HolderLine, type HolderWelcome } from './holder-client.ts';
import type { Shell } from './screen-reading.ts';

/** As much as the holder keeps. */
const KEPT_BYTES = 4 * 1_048_576;
/** What is printed within this goes to all readers together: a class costs no frame for each key. */
const TOGETHER_MS = 50;
/** In that time a reader gets no more, so that many who come at once leave room for others; */
const READER_BYTES = 128 * 1024;
/** and no more is read of what floods. */
const SOURCE_BYTES = 512 * 1024;
const RETRY_MS = 500;

type Cells = { cols: number; rows: number };
type Resized = Cells & { at: number };

export class SharedTerminal {
  readonly #shell: Shell;
  readonly #onEnded: () => void;
  readonly #end = new AbortController();
  readonly #readers = new Set<Reader>();
  #kept: Kept | null = null;
  readonly #known = Promise.withResolvers<void>();
  #source: HolderClient | null = null;
  #took = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `onEnded`: its shell has ended. */
  constructor(shell: Shell, onEnded: () => void) {
    this.#shell = shell;
    this.#onEnded = onEnded;
    void this.#follow();
  }

  /** As a holder is connected to by a watcher: resolves once it is known what there is. Throws where `signal` is aborted before. */
  async connect(from: number, signal?: AbortSignal): Promise<HolderLine> {
    signal?.throwIfAborted();
    const gone = Promise.withResolvers<never>();
    const give = () => gone.reject(signal?.reason);
    signal?.addEventListener('abort', give, { once: true });
    await Promise.race([this.#known.promise, gone.promise]).finally(() => signal?.removeEventListener('abort', give));
    signal?.throwIfAborted();
    const reader = new Reader(this.#kept as Kept, from, {
      onReady: () => this.#later(),
      onLeft: () => this.#readers.delete(reader),
    });
    this.#readers.add(reader);
    return reader;
  }

  close(): void {
    this.#end.abort();
    clearTimeout(this.#timer);
    for (const reader of this.#readers) reader.close();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await this.#read().catch(() => {});
      await delay(RETRY_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Resolves when the connection has ended. */
  async #read(): Promise<void> {
    const { signal } = this.#end;
    const { shell, terminal } = this.#shell;
    const from = this.#kept?.next ?? 0;
    const source = await HolderClient.connect(shell, { role: 'watcher', terminal, from, signal });
    const { welcome } = source;
    if (this.#kept && this.#kept.id !== welcome.id) {
      // Another terminal's numbering: whoever reads comes again, and begins anew.
      this.#kept = new Kept(welcome.id, 0, welcome);
      source.close();
      for (const reader of this.#readers) reader.close();
      return;
    }
    this.#kept ??= new Kept(welcome.id, welcome.start, welcome);
    const kept = this.#kept;
    kept.skipTo(welcome.start);
    this.#resized(kept, welcome);
    this.#source = source;
    this.#known.resolve();
    await new Promise<void>((resolve) => {
      source.onOutput = (bytes) => {
        kept.add(bytes);
        this.#took += bytes.length;
        if (this.#took >= SOURCE_BYTES) source.pause();
        this.#later();
      };
      source.onGap = (missed) => kept.skipTo(kept.next + missed);
      source.onResized = (size) => this.#resized(kept, size);
      source.onEnded = () => {
        this.#give();
        this.#onEnded();
      };
      source.onClose = () => resolve();
      source.resume();
    });
    this.#source = null;
  }

  #resized(kept: Kept, { cols, rows }: Cells): void {
    if (kept.size.cols === cols && kept.size.rows === rows) return;
    kept.size = { cols, rows };
    for (const reader of this.#readers) reader.resized({ at: kept.next, cols, rows });
    this.#later();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.#give(), TOGETHER_MS).unref();
  }

  #give(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#took = 0;
    for (const reader of this.#readers) reader.give(READER_BYTES);
    if ([...this.#readers].some(({ wantsMore }) => wantsMore)) this.#later();
    this.#source?.resume();
  }
}

/** The newest bytes of a terminal, by their numbers. */
class Kept {
  readonly id: string;
  size: Cells;
  next: number;
  readonly #bytes = Buffer.allocUnsafeSlow(KEPT_BYTES);
  #from: number;

  constructor(id: string, next: number, { cols, rows }: Cells) {
    this.id = id;
    this.size = { cols, rows };
    this.next = next;
    this.#from = next;
  }

  get oldest(): number {
    return Math.max(this.#from, this.next - KEPT_BYTES);
  }

  /** Copies them. */
  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const copied = bytes.copy(this.#bytes, this.next % KEPT_BYTES, at);
      at += copied;
      this.next += copied;
    }
  }

  /** What comes before this byte is not there any more, nor what was kept before it. */
  skipTo(byte: number): void {
    if (byte === this.next) return;
    this.next = byte;
    this.#from = byte;
  }

  /** From this byte on, as many as lie together, and no more than `most`; they are written over later. */
  at(byte: number, most: number): Buffer {
    const start = byte % KEPT_BYTES;
    return this.#bytes.subarray(start, Math.min(start + Math.min(most, this.next - byte), KEPT_BYTES));
  }
}

interface ReaderEvents {
  onReady: () => void;
  onLeft: () => void;
}

class Reader implements HolderLine {
  onOutput: HolderLine['onOutput'] = null;
  onBatchEnd: HolderLine['onBatchEnd'] = null;
  onGap: HolderLine['onGap'] = null;
  onResized: HolderLine['onResized'] = null;
  onTaken: HolderLine['onTaken'] = null;
  onEnded: HolderLine['onEnded'] = null;
  onClose: HolderLine['onClose'] = null;
  readonly welcome: HolderWelcome;
  readonly #kept: Kept;
  readonly #events: ReaderEvents;
  #next: number;
  #sizes: Resized[] = [];
  #state: 'paused' | 'reading' | 'closed' = 'paused';

  constructor(kept: Kept, from: number, events: ReaderEvents) {
    const { id, oldest, next } = kept;
    this.#kept = kept;
    this.#events = events;
    this.#next = Math.min(Math.max(from, oldest), next);
    this.welcome = { id, oldest, next, start: this.#next, ...kept.size };
  }

  get wantsMore(): boolean {
    return this.#state === 'reading' && this.#next < this.#kept.next;
  }

  /** The size holds from that byte on. */
  resized(size: Resized): void {
    this.#sizes.push(size);
  }

  /** What is there, and no more than `most` bytes of it. */
  give(most: number): void {
    const kept = this.#kept;
    for (let left = most; this.#state === 'reading'; ) {
      if (this.#next < kept.oldest) {
        const missed = kept.oldest - this.#next;
        this.#next = kept.oldest;
        this.onGap?.(missed);
        continue;
      }
      const [size] = this.#sizes;
      if (size && size.at <= this.#next) {
        this.#sizes.shift();
        this.onResized?.({ cols: size.cols, rows: size.rows });
        continue;
      }
      const bytes = kept.at(this.#next, Math.min(left, (size?.at ?? Number.POSITIVE_INFINITY) - this.#next));
      if (bytes.length === 0) break;
      this.#next += bytes.length;
      left -= bytes.length;
      this.onOutput?.(bytes, this.#next - bytes.length);
    }
    this.onBatchEnd?.();
  }

  /** Nobody types here. */
  write(): boolean {
    return false;
  }
  resize(): void {}

  pause(): void {
    if (this.#state === 'reading') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'reading';
    this.#events.onReady();
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#events.onLeft();
    this.onClose?.();
  }
}
