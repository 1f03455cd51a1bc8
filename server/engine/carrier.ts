// Many connections over the standard input and output of one program, sandbox/learner/carrier.c, whose head has the protocol.

import type { Writable } from 'node:stream';
import { SlipwayError } from '../errors.ts';
import { Channel, type Wire } from './carrier-channel.ts';

/** A running program. */
export interface Program {
  readonly input: Writable;
  onOutput(listener: (bytes: Buffer) => void): void;
  /** Once; `said` is what it had to say about its end. */
  onEnd(listener: (said: string) => void): void;
  end(): void;
}

const OPEN = 1;
const OPENED = 2;
const DATA = 3;
const END = 4;
const CLOSE = 5;
const CREDIT = 6;
const PING = 7;
const PONG = 8;
const HELLO = 9;
const VERSION = 1;
const REFUSED = 1;
const HEAD = 8;
const DATA_MOST = 32_768;
/** Longer payloads are data, and go on as they come. */
const PAYLOAD_MOST = 4;
const DOOR_BIT = 0x8000_0000;
/** The carrier has this many for us, and as many for the door. */
const MAX_CHANNELS = 96;
const MAX_DOOR_CHANNELS = 64;
const QUIET_MS = 10_000;
/** Nobody tells when a network is gone. */
const LOST_MS = 25_000;

export interface CarrierEvents {
  /** Somebody has come to the carrier's door. */
  onDoor: (channel: Channel) => void;
  /** Once, whatever the reason. */
  onEnd: () => void;
}

export class Carrier implements Wire {
  readonly #program: Program;
  readonly #events: CarrierEvents;
  readonly #channels = new Map<number, Channel>();
  readonly #ids = new Map<Channel, number>();
  readonly #waiting = new Set<Channel>();
  readonly #greeted = Promise.withResolvers<void>();
  readonly #watch: NodeJS.Timeout;
  readonly #head = Buffer.alloc(HEAD + PAYLOAD_MOST);
  #headLength = 0;
  #bodyLeft = 0;
  #nextId = 1;
  #doors = 0;
  #heardMs = performance.now();
  #corked = false;
  #over: Error | null = null;

  /** Resolves when the program has said HELLO; rejects where it ends before. */
  static async open(program: Program, events: CarrierEvents): Promise<Carrier> {
    const carrier = new Carrier(program, events);
    await carrier.#greeted.promise;
    return carrier;
  }

  private constructor(program: Program, events: CarrierEvents) {
    this.#program = program;
    this.#events = events;
    program.onOutput((bytes) => this.#receive(bytes));
    program.onEnd((said) => this.#end(away(said)));
    program.input.on('error', () => {});
    program.input.on('drain', () => this.#drain());
    this.#watch = setInterval(() => this.#listen(), QUIET_MS).unref();
  }

  /** Connects `channel` to the program's socket at this place of its list. */
  connect(channel: Channel, socket: number): void {
    if (channel.destroyed) return;
    if (this.#over) return void channel.destroy(this.#over);
    if (this.#channels.size - this.#doors >= MAX_CHANNELS) {
      return void channel.destroy(failure('EMFILE', 'too many connections into a sandbox'));
    }
    const id = this.#nextId++;
    this.#add(channel, id);
    this.#send(OPEN, id, Buffer.of(socket));
    channel.attach(this);
  }

  close(): void {
    this.#end(away('closed'));
  }

  data(channel: Channel, bytes: Buffer): boolean {
    if (this.#program.input.writableNeedDrain) {
      this.#waiting.add(channel);
      return false;
    }
    this.#send(DATA, this.#ids.get(channel) ?? 0, bytes);
    return true;
  }

  end(channel: Channel): void {
    this.#send(END, this.#ids.get(channel) ?? 0);
  }

  credit(channel: Channel, bytes: number): void {
    const payload = Buffer.alloc(4);
    payload.writeUInt32LE(bytes);
    this.#send(CREDIT, this.#ids.get(channel) ?? 0, payload);
  }

  closed(channel: Channel): void {
    const id = this.#ids.get(channel);
    if (id === undefined) return;
    this.#forget(channel, id);
    this.#send(CLOSE, id, Buffer.of(0));
  }

  #add(channel: Channel, id: number): void {
    this.#channels.set(id, channel);
    this.#ids.set(channel, id);
  }

  #forget(channel: Channel, id: number): void {
    this.#channels.delete(id);
    this.#ids.delete(channel);
    this.#waiting.delete(channel);
    if (id >= DOOR_BIT) this.#doors -= 1;
  }

  /** A frame each in turn, so that one with much to say keeps none of the others waiting. */
  #drain(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const channel of waiting) channel.pump();
  }

  #send(type: number, id: number, payload: Buffer = Buffer.alloc(0)): void {
    if (this.#over) return;
    const { input } = this.#program;
    if (!this.#corked) {
      this.#corked = true;
      input.cork();
      process.nextTick(() => {
        this.#corked = false;
        input.uncork();
      });
    }
    const frame = Buffer.allocUnsafe(HEAD + payload.length);
    frame[0] = type;
    frame.writeUIntLE(payload.length, 1, 3);
    frame.writeUInt32LE(id, 4);
    payload.copy(frame, HEAD);
    input.write(frame);
  }

  #receive(chunk: Buffer): void {
    this.#heardMs = performance.now();
    for (let at = 0; at < chunk.length && !this.#over; ) {
      if (this.#bodyLeft > 0) {
        const bytes = chunk.subarray(at, at + this.#bodyLeft);
        at += bytes.length;
        this.#bodyLeft -= bytes.length;
        const channel = this.#channels.get(this.#id());
        if (channel && !channel.received(bytes)) this.#malformed('more data than was allowed');
        continue;
      }
      const wanted = this.#headLength < HEAD ? HEAD : HEAD + this.#length();
      const copied = chunk.copy(this.#head, this.#headLength, at, at + wanted - this.#headLength);
      at += copied;
      this.#headLength += copied;
      if (this.#headLength < wanted) return;
      if (wanted === HEAD && this.#type() === DATA) {
        if (this.#length() > DATA_MOST) this.#malformed('a frame that is too long');
        this.#headLength = 0;
        this.#bodyLeft = this.#length();
      } else if (wanted === HEAD && this.#length() > 0) {
        if (this.#length() > PAYLOAD_MOST) this.#malformed('a frame that is too long');
      } else {
        this.#headLength = 0;
        this.#frame(this.#head.subarray(HEAD, wanted));
      }
    }
  }

  #type(): number {
    return this.#head[0] ?? 0;
  }
  #length(): number {
    return this.#head.readUIntLE(1, 3);
  }
  #id(): number {
    return this.#head.readUInt32LE(4);
  }

  #frame(payload: Buffer): void {
    const id = this.#id();
    const channel = this.#channels.get(id);
    switch (this.#type()) {
      case HELLO:
        if (payload[0] !== VERSION) return this.#malformed(`version ${payload[0]}`);
        return this.#greeted.resolve();
      case OPEN:
        return this.#answerDoor(id);
      case OPENED:
        return channel?.opened();
      case END:
        return channel?.ended();
      case CREDIT:
        if (payload.length !== 4) return this.#malformed('a short credit');
        if (channel && !channel.credited(payload.readUInt32LE())) this.#malformed('more credit than was used');
        return;
      case CLOSE:
        if (!channel) return;
        this.#forget(channel, id);
        if (payload[0] === REFUSED) return channel.over(failure('ECONNREFUSED', 'connect ECONNREFUSED'));
        return channel.over(failure('ECONNRESET', 'read ECONNRESET'));
      case PONG:
        return;
      default:
        this.#malformed(`a frame of type ${this.#type()}`);
    }
  }

  #answerDoor(id: number): void {
    if (id < DOOR_BIT || this.#channels.has(id)) return this.#malformed('a bad OPEN');
    const channel = new Channel();
    this.#doors += 1;
    this.#add(channel, id);
    channel.attach(this);
    if (this.#doors <= MAX_DOOR_CHANNELS) this.#events.onDoor(channel);
    else channel.destroy();
  }

  #listen(): void {
    const quietMs = performance.now() - this.#heardMs;
    if (quietMs > LOST_MS) this.#end(away('it is silent'));
    else this.#send(PING, 0);
  }

  #malformed(what: string): void {
    this.#end(away(`it sent ${what}`));
  }

  #end(error: Error): void {
    if (this.#over) return;
    this.#over = error;
    clearInterval(this.#watch);
    this.#greeted.reject(error);
    for (const channel of [...this.#channels.values()]) channel.destroy(failure('ECONNRESET', error.message));
    this.#program.end();
    this.#events.onEnd();
  }
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function away(why: string): SlipwayError {
  return new SlipwayError('carrier-away', `the way into the sandbox has ended (${why.trim() || 'it hung up'})`, {
    next: 'It is opened again by itself, as long as the engine answers and the sandbox runs.',
  });
}
