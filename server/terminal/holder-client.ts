// One connection to the terminal holder of a sandbox: its frames as typed events, and input that never floods it.
// The protocol is in the header of sandbox/learner/holder.c.
import type { Duplex } from 'node:stream';
import type { Dial } from '../dial.ts';
import { SlipwayError } from '../errors.ts';

export interface HolderWelcome {
  /** Names the holder's run: byte numbers of another run mean nothing. */
  id: string;
  oldest: number;
  next: number;
  /** Number of the first byte that will come. Bytes missed = start - from. */
  start: number;
  cols: number;
  rows: number;
}

export interface HolderOptions {
  /** Which of the sandbox's terminals; one that is not there is started. */
  terminal?: number;
  role: 'owner' | 'watcher';
  from: number | 'live';
  /** Gives up while connecting, and closes afterwards. */
  signal?: AbortSignal;
  /** So much input may wait here beside what the holder takes, which is 1 MiB. */
  waitingInputBytes?: number;
}

/** The first terminal's is what sandboxes of before know, too. */
const VERSION = 2;
const NUMBERED = 3;
const HELLO = 1;
const INPUT = 2;
const RESIZE = 3;
const CLOSE = 4;
const WELCOME = 129;
const OUTPUT = 130;
const RESIZED = 131;
const GAP = 132;
const ENDED = 133;
const TAKEN = 134;
/** Payload lengths of the frames of fixed length. */
const LENGTHS: Readonly<Record<number, number>> = { [WELCOME]: 36, [RESIZED]: 12, [GAP]: 8, [ENDED]: 0, [TAKEN]: 8 };
const OUTPUT_MOST = 32_768;
const LIVE = 2n ** 64n - 1n;

const CTRL_C = 3;
const INPUT_FRAME = 65_536;
/** Un-TAKEN bytes stay below the holder's 1 MiB, with room for a Ctrl-C that must pass a full window. */
const CTRL_C_ROOM = 4096;
const WINDOW = 1_048_576 - CTRL_C_ROOM;
const WAITING_MOST = 8 * 1_048_576;

/** What a page needs of a connection to a holder, or of what stands in for one. */
export type HolderLine = Pick<
  HolderClient,
  | 'welcome'
  | 'onOutput'
  | 'onBatchEnd'
  | 'onGap'
  | 'onResized'
  | 'onTaken'
  | 'onEnded'
  | 'onClose'
  | 'write'
  | 'resize'
  | 'pause'
  | 'resume'
  | 'close'
>;

export class HolderClient {
  /** `offset` is the number of the first byte. The bytes are written over after the call: what is kept, is copied. */
  onOutput: ((bytes: Buffer, offset: number) => void) | null = null;
  /** After the outputs that came together, so that they can go on together. */
  onBatchEnd: (() => void) | null = null;
  onGap: ((missed: number) => void) | null = null;
  /** The size holds for the output that comes after this. */
  onResized: ((size: { cols: number; rows: number }) => void) | null = null;
  /** Bytes of this client's input written to the terminal or flushed, in steps of 256 KiB. */
  onTaken: ((total: number) => void) | null = null;
  /** The terminal has ended; the connection does so next. */
  onEnded: (() => void) | null = null;
  /** Once; without an error after `close()`. */
  onClose: ((error?: Error) => void) | null = null;

  readonly #socket: Duplex;
  readonly #options: HolderOptions;
  readonly #greeting = Promise.withResolvers<HolderWelcome>();
  #welcome: HolderWelcome | null = null;
  #state: 'greeting' | 'open' | 'closed' = 'greeting';
  #paused = false;
  /** Sizes that hold from a byte on that has not come yet: a slow reader is told of them early. */
  #sizes: { at: number; cols: number; rows: number }[] = [];
  /** What the socket gave and a pause held back. */
  #rest: Buffer = Buffer.alloc(0);
  /** The frame being read: 5 bytes of header, then up to 36 of its payload. */
  readonly #head = Buffer.alloc(5 + 36);
  #headLength = 0;
  #bodyLeft = 0;
  #next = 0;
  #sent = 0;
  #taken = 0;
  #queue: Buffer[] = [];
  #queued = 0;

  /** Resolves once the holder has said WELCOME; paused, until the first `resume()`. */
  static async connect(dial: Dial, options: HolderOptions): Promise<HolderClient> {
    options.signal?.throwIfAborted();
    const client = new HolderClient(dial, options);
    client.#welcome = await client.#greeting.promise;
    return client;
  }

  private constructor(dial: Dial, options: HolderOptions) {
    const socket = dial((bytes) => this.#receive(bytes));
    this.#socket = socket;
    this.#options = options;
    const abort = () => this.#end(abortError(options.signal));
    options.signal?.addEventListener('abort', abort, { once: true });
    socket.write(hello(options));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => {
      options.signal?.removeEventListener('abort', abort);
      this.#end(closedByHolder());
    });
  }

  get welcome(): HolderWelcome {
    if (!this.#welcome) throw new Error('not connected');
    return this.#welcome;
  }

  /**
   * Sends keyboard input, in order, as fast as the terminal takes it. False: too much waits already, and nothing was taken.
   * A Ctrl-C throws away what still waits here, as the holder and the kernel do with what waits there.
   */
  write(bytes: Uint8Array): boolean {
    this.#mustOwn('write');
    if (this.#state !== 'open' || bytes.length === 0) return true;
    let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const interrupt = this.#queued > 0 ? rest.lastIndexOf(CTRL_C) : -1;
    if (interrupt >= 0) {
      this.#queue = [];
      this.#queued = 0;
      const urgent = rest.subarray(interrupt, interrupt + 1);
      rest = rest.subarray(interrupt + 1);
      if (this.#sent - this.#taken < WINDOW + CTRL_C_ROOM - 1) this.#send(urgent);
      else this.#enqueue(urgent);
    }
    if (this.#queued + rest.length > (this.#options.waitingInputBytes ?? WAITING_MOST)) return false;
    if (rest.length > 0) this.#enqueue(rest);
    this.#drain();
    return true;
  }

  resize(cols: number, rows: number): void {
    this.#mustOwn('resize');
    if (this.#state !== 'open') return;
    const payload = Buffer.alloc(4);
    payload.writeUInt16LE(clampSize(cols), 0);
    payload.writeUInt16LE(clampSize(rows), 2);
    this.#socket.write(frame(RESIZE, payload));
  }

  /** Hangs up what runs on the terminal, which then ends; the sandbox's first one stays. */
  closeTerminal(): void {
    this.#mustOwn('close');
    if (this.#state === 'open' && this.#options.terminal) this.#socket.write(frame(CLOSE, Buffer.alloc(1)));
  }

  /** No event comes until `resume()`, the end of the connection aside. */
  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#paused || this.#state !== 'open') return;
    this.#paused = false;
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    this.#receive(rest);
    if (!this.#paused) this.#socket.resume();
  }

  close(): void {
    this.#end();
  }

  #mustOwn(what: string): void {
    if (this.#options.role === 'owner') return;
    throw new SlipwayError('holder-watcher', `A watcher cannot ${what}.`, { next: 'Connect as an owner.' });
  }

  #enqueue(bytes: Buffer): void {
    this.#queue.push(bytes);
    this.#queued += bytes.length;
  }

  #drain(): void {
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      const room = WINDOW - (this.#sent - this.#taken);
      if (room <= 0) return;
      const part = first.subarray(0, Math.min(room, INPUT_FRAME));
      if (part.length === first.length) this.#queue.shift();
      else this.#queue[0] = first.subarray(part.length);
      this.#queued -= part.length;
      this.#send(part);
    }
  }

  #send(bytes: Buffer): void {
    this.#sent += bytes.length;
    this.#socket.write(frame(INPUT, bytes));
  }

  #receive(chunk: Buffer): void {
    this.#readFrames(chunk);
    this.onBatchEnd?.();
  }

  #readFrames(chunk: Buffer): void {
    for (let at = 0; this.#state !== 'closed'; ) {
      if (this.#paused) {
        this.#rest = Buffer.from(chunk.subarray(at));
        return;
      }
      this.#tellSizes();
      if (at === chunk.length) return;
      if (this.#bodyLeft > 0) {
        const most = Math.min(this.#bodyLeft, (this.#sizes[0]?.at ?? Number.POSITIVE_INFINITY) - this.#next);
        const bytes = chunk.subarray(at, at + most);
        at += bytes.length;
        this.#bodyLeft -= bytes.length;
        this.#next += bytes.length;
        this.onOutput?.(bytes, this.#next - bytes.length);
        continue;
      }
      const wanted = this.#headLength < 5 ? 5 : 5 + this.#fixedLength();
      const copied = chunk.copy(this.#head, this.#headLength, at, at + wanted - this.#headLength);
      at += copied;
      this.#headLength += copied;
      if (this.#headLength < wanted) return;
      if (wanted === 5) this.#checkHead();
      if (this.#headLength === 5 + this.#fixedLength()) {
        this.#headLength = 0;
        this.#frame();
      }
    }
  }

  /** Bytes of payload to collect before a frame is acted on: all, or an OUTPUT's offset. */
  #fixedLength(): number {
    const type = this.#head[4] ?? 0;
    return type === OUTPUT ? 8 : (LENGTHS[type] ?? 0);
  }

  #checkHead(): void {
    const length = this.#head.readUInt32LE(0);
    const type = this.#head[4] ?? 0;
    const fits = type === OUTPUT ? length > 8 && length <= 8 + OUTPUT_MOST : length === LENGTHS[type];
    if (!fits) this.#malformed(`a frame of type ${type} and ${length} bytes`);
    else if ((type === WELCOME) !== (this.#state === 'greeting')) this.#malformed(`type ${type} while ${this.#state}`);
  }

  #frame(): void {
    const payload = this.#head.subarray(5);
    switch (this.#head[4]) {
      case WELCOME:
        this.#state = 'open';
        this.pause();
        this.#next = number64(payload, 16);
        this.#greeting.resolve({
          id: String(payload.readBigUInt64LE(28)),
          oldest: number64(payload, 0),
          next: number64(payload, 8),
          start: this.#next,
          cols: payload.readUInt16LE(24),
          rows: payload.readUInt16LE(26),
        });
        return;
      case OUTPUT:
        if (number64(payload, 0) !== this.#next) this.#malformed(`byte ${number64(payload, 0)}, not ${this.#next}`);
        else this.#bodyLeft = this.#head.readUInt32LE(0) - 8;
        return;
      case RESIZED:
        this.#sizes.push({ at: number64(payload, 0), cols: payload.readUInt16LE(8), rows: payload.readUInt16LE(10) });
        return;
      case GAP:
        this.#next += number64(payload, 0);
        this.onGap?.(number64(payload, 0));
        return;
      case ENDED:
        this.onEnded?.();
        return;
      default:
        this.#taken = number64(payload, 0);
        if (this.#taken > this.#sent) this.#malformed(`${this.#taken} bytes taken of ${this.#sent}`);
        else this.onTaken?.(this.#taken);
        if (this.#state === 'open') this.#drain();
    }
  }

  #tellSizes(): void {
    for (let size = this.#sizes[0]; size && size.at <= this.#next && !this.#paused; size = this.#sizes[0]) {
      this.#sizes.shift();
      this.onResized?.({ cols: size.cols, rows: size.rows });
    }
  }

  #malformed(what: string): void {
    this.#end(
      new SlipwayError('holder-protocol', `The terminal holder sent ${what}.`, {
        next: 'Connect again; if it repeats, the sandbox image and the server are of different versions.',
      }),
    );
  }

  #end(error?: Error): void {
    if (this.#state === 'closed') return;
    const wasOpen = this.#state === 'open';
    this.#state = 'closed';
    this.#queue = [];
    this.#rest = Buffer.alloc(0);
    this.#socket.destroy();
    if (wasOpen) this.onClose?.(error);
    else this.#greeting.reject(error ?? closedByHolder());
  }
}

function frame(type: number, payload: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(5 + payload.length);
  bytes.writeUInt32LE(payload.length, 0);
  bytes[4] = type;
  payload.copy(bytes, 5);
  return bytes;
}

function hello({ role, from, terminal = 0 }: HolderOptions): Buffer {
  const payload = Buffer.alloc(terminal > 0 ? 11 : 10);
  payload[0] = terminal > 0 ? NUMBERED : VERSION;
  if (terminal > 0) payload[10] = terminal;
  payload[1] = role === 'owner' ? 0 : 1;
  payload.writeBigUInt64LE(from === 'live' ? LIVE : BigInt(from), 2);
  return frame(HELLO, payload);
}

function number64(payload: Buffer, at: number): number {
  return Number(payload.readBigUInt64LE(at));
}

function clampSize(size: number): number {
  return Math.min(Math.max(Math.trunc(size) || 0, 0), 2000);
}

function closedByHolder(): Error {
  return new SlipwayError('holder-closed', 'The terminal holder closed the connection.', {
    next: 'Connect again; the sandbox may be starting or gone.',
  });
}

function abortError(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError');
}
