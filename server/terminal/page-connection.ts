// One page's WebSocket: the shell's bytes to it, its keys to the shell, and the session's changes.
//
// Flow control, from the screen back to the program: the page acknowledges bytes after xterm.js has parsed them;
// with more than a window (512 KiB) in flight this side stops reading the holder; 128 KiB later the holder stops reading the
// pty: the program waits in write(2). Below half the window it goes on. So a Ctrl-C is seen after less than 1 MiB.

import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { MAX_MESSAGE_BYTES } from '../../protocol/limits.ts';
import type { Session } from '../../protocol/session.ts';
import {
  type ClientMessage,
  type CloseCode,
  clientMessageSchema,
  closeCodes,
  PROTOCOL_VERSION,
  type ServerMessage,
} from '../../protocol/socket.ts';
import { tell } from '../tally.ts';
import { EarlyInput } from './early-input.ts';
import { HolderClient, type HolderLine } from './holder-client.ts';
import { InputPace } from './input-pace.ts';
import { type KeptScreen, pictureFor, readKept } from './kept-screen.ts';
import { Newest } from './newest.ts';
import { OutputFrames } from './output-frames.ts';
import type { Shell } from './screen-reading.ts';
import type { SharedTerminal } from './shared-terminal.ts';
import type { SocketLimits } from './socket-limits.ts';
import type { TerminalPage, TerminalPages } from './terminal-pages.ts';

const RETRY_MS = [50, 100, 200, 500, 1000, 2000];
/** A program is told of another size this often, however often a window is resized. */
const RESIZE_MS = 50;
/** To lead costs a connection to the holder. */
const LEAD_MS = 250;
/** Pages that come and go at once do not make those that stay come to the holder again each time. */
const SETTLE_MS = 50;
/** The learner's world is read when a page begins to show it. */
const SHOW_MAP_MS = 250;
/** What may wait for a page beside its output: it gets no more than some messages a second. */
const UNREAD_BYTES = 1_048_576;
/** A page reads why its socket is closed when all that it had sent has been read: so much is, and thrown away. */
const CLOSING_BYTES = 64 * 1_048_576;

export interface PageConnectionOptions {
  socket: WebSocket;
  /** What the socket was opened on, without extensions. */
  duplex: Duplex;
  limits: SocketLimits;
  /** All that show this terminal. */
  pages: TerminalPages;
  /** Null where the page is told nothing of the session. */
  view: () => Session | null;
  /** It shows the terminal, and never leads. */
  looksOn?: boolean;
  /** Where one that looks on reads it, in place of a connection of its own to the holder. */
  shared?: SharedTerminal;
  /** Whether this may be typed now, else the page is told that it never is. Where nothing is said: what is the learner's own. */
  admits?: (data: Buffer) => boolean;
  /** The learner typed something. */
  onInput: () => void;
  /** The page is drawn. */
  onDrawn?: () => void;
  /** Begins to tell the map; the function that comes back ends it. */
  followMap: (tell: (message: ServerMessage) => void) => () => void;
  /** The terminal has ended, and the socket with it. */
  onEnded: () => void;
}

/** Programs look at the size when they are told that it has changed: only another one makes them draw anew. */
const REDRAW_MS = 100;
const anyHello = z.object({ type: z.literal('hello'), version: z.number() });

export class PageConnection implements TerminalPage {
  readonly #socket: WebSocket;
  readonly #limits: SocketLimits;
  readonly #pages: TerminalPages;
  readonly #pace: InputPace;
  readonly #view: () => Session | null;
  readonly #admits: (data: Buffer) => boolean;
  readonly #onInput: () => void;
  readonly #onDrawn: () => void;
  readonly #followMap: PageConnectionOptions['followMap'];
  #leaveMap: (() => void) | null = null;
  readonly #onEnded: () => void;
  #shell: Shell | null = null;
  #leads: boolean;
  readonly #looksOn: boolean;
  readonly #shared: SharedTerminal | null;
  readonly #early = new EarlyInput((bytes) => this.#send({ type: 'input-refused', bytes }));
  readonly #frames: OutputFrames;
  #holder: HolderLine | null = null;
  #attaching: AbortController | null = null;
  #settling: NodeJS.Timeout | undefined;
  #resting: NodeJS.Timeout | undefined;
  /** What the page has: it goes on from here. */
  #position: { id: string; from: number } | null = null;
  #size = { cols: 80, rows: 24 };
  readonly #sizes = new Newest<Size>((size) => this.#resize(size), RESIZE_MS);
  readonly #leading = new Newest<void>(() => this.#pages.lead(this), LEAD_MS);
  readonly #maps = new Newest<boolean>((shown) => this.#showMap(shown), SHOW_MAP_MS);
  /** Of the page's screen, which is sent beside the window. */
  #pictureBytes = 0;
  #greeted = false;
  #inFlight = 0;
  #uncounted = 0;
  #thrownAway = 0;

  constructor(options: PageConnectionOptions) {
    this.#socket = options.socket;
    this.#limits = options.limits;
    this.#pages = options.pages;
    this.#looksOn = options.looksOn ?? false;
    this.#shared = options.shared ?? null;
    this.#leads = !this.#looksOn;
    this.#pace = new InputPace(options.limits.inputBytesPerSecond);
    this.#view = options.view;
    this.#admits = options.admits ?? (() => !this.#looksOn);
    this.#onInput = options.onInput;
    this.#onDrawn = options.onDrawn ?? (() => {});
    this.#followMap = options.followMap;
    this.#onEnded = options.onEnded;
    this.#frames = new OutputFrames(options.duplex);
    const late = setTimeout(() => this.close('noHello', 'no hello came'), this.#limits.helloMs);
    this.#socket.on('message', (data: Buffer, binary: boolean) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return this.#throwAway(data);
      if (binary) this.#input(data);
      else {
        clearTimeout(late);
        this.#text(data);
      }
      const restMs = this.#pace.took(data.length);
      if (restMs === 0 || this.#socket.readyState !== this.#socket.OPEN) return;
      this.#socket.pause();
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => this.#socket.resume(), restMs);
    });
    this.#socket.on('close', () => {
      clearTimeout(late);
      clearTimeout(this.#resting);
      this.#sizes.stop();
      this.#leading.stop();
      this.#maps.stop();
      this.#frames.clear();
      this.#showMap(false);
      this.#early.take();
      this.#detach();
      this.#pages.leave(this);
    });
    this.#socket.on('error', () => this.#socket.terminate());
  }

  sendSession(): void {
    const session = this.#greeted ? this.#view() : null;
    if (session) this.#send({ type: 'session', session });
  }

  /** Attaches to this shell from now on; with null the terminal is lost for the time being. */
  attach(shell: Shell | null): void {
    this.#detach();
    // What was meant for one computer is not typed at another.
    if (this.#shell) this.#early.refuse();
    this.#shell = shell;
    if (!this.#greeted) return;
    if (shell) void this.#follow(shell);
    // Who waits for a first one has nothing to lose.
    else if (this.#view()?.setup.state !== 'waiting')
      this.#send({ type: 'terminal-lost', message: 'Your computer is being replaced by a fresh one.' });
  }

  setLeading(leads: boolean): void {
    this.#leads = leads;
    if (!leads) this.#handOn(this.#early.take());
    const isNew = !this.#attaching && !this.#settling;
    this.#detach();
    const shell = this.#shell;
    if (!shell) return;
    if (isNew) return void this.#follow(shell);
    // What comes on in the middle of a long paste waits in the network meanwhile.
    this.#socket.pause();
    this.#settling = setTimeout(() => void this.#follow(shell), SETTLE_MS);
  }

  /** False: too much waits already, and nothing was taken. */
  type(data: Buffer): boolean {
    return this.#holder ? this.#holder.write(data) : this.#early.add(data);
  }

  /** Bytes are gone and nobody knows what they did to the screen: whatever runs draws it anew. */
  redraw(): void {
    const { cols, rows } = this.#size;
    this.#resize({ cols, rows: rows > 1 ? rows - 1 : 2 });
    setTimeout(() => this.#resize(this.#size), REDRAW_MS);
  }

  end(): void {
    this.close('noTerminal', 'the terminal has ended');
  }

  close(code: CloseCode, reason: string): void {
    this.#pages.leave(this);
    this.#detach();
    this.#frames.flushAll();
    this.#socket.close(closeCodes[code], reason);
    clearTimeout(this.#resting);
    this.#socket.resume();
  }

  #throwAway({ length }: Buffer): void {
    this.#thrownAway += length;
    if (this.#thrownAway > CLOSING_BYTES) this.#socket.terminate();
  }

  #text(data: Buffer): void {
    const { version, message } = readMessage(data);
    if (!message && version !== null) return this.close('unknownVersion', `this server speaks ${PROTOCOL_VERSION}`);
    if (!message) return this.#refuse('malformed message');
    if ((message.type === 'hello') === this.#greeted) return this.#refuse('out of order');
    if (message.type === 'hello') {
      this.#greeted = true;
      this.#position = message.terminal;
      this.#size = { cols: message.cols, rows: message.rows };
      this.sendSession();
      if (!this.#shell) this.attach(null);
      if (!this.#looksOn) this.#pages.join(this, message.lead);
      else if (this.#shell) void this.#follow(this.#shell);
    } else if (message.type === 'lead') {
      this.#size = { cols: message.cols, rows: message.rows };
      this.#leading.set();
    } else if (message.type === 'resize') {
      this.#size = { cols: message.cols, rows: message.rows };
      this.#sizes.set(this.#size);
    } else if (message.type === 'map') {
      this.#onDrawn();
      this.#maps.set(message.shown);
    } else if (message.type === 'ping') {
      this.#send({ type: 'pong' });
    } else {
      this.#inFlight = Math.max(0, this.#inFlight - message.bytes);
      this.#throttle();
    }
  }

  #showMap(shown: boolean): void {
    this.#leaveMap?.();
    this.#leaveMap = shown ? this.#followMap((message) => this.#send(message)) : null;
  }

  #input(data: Buffer): void {
    if (!this.#greeted) return this.#refuse('out of order');
    const by = this.#leads ? this : this.#pages.leader;
    if (!by || !this.#admits(data)) return this.#send({ type: 'input-refused', bytes: data.length });
    if (!by.type(data)) return this.close('inputFlood', 'the program does not read what was typed');
    // A key is on its way before it is counted.
    this.#onInput();
    tell('terminal-bytes', { direction: 'in', bytes: data.length });
  }

  /** To the page that leads now. */
  #handOn(early: Buffer): void {
    if (early.length === 0 || this.#pages.leader?.type(early)) return;
    this.#send({ type: 'input-refused', bytes: early.length });
  }

  #resize({ cols, rows }: Size): void {
    if (this.#leads) this.#holder?.resize(cols, rows);
  }

  async #follow(shell: Shell): Promise<void> {
    this.#settling = undefined;
    const attaching = new AbortController();
    this.#attaching = attaching;
    const { signal } = attaching;
    for (let failures = 0; !signal.aborted; failures++) {
      await this.#attachOnce(shell, signal, () => {
        failures = 0;
      }).catch(() => {});
      if (signal.aborted) return;
      this.#socket.resume();
      if (failures === 0) this.#send({ type: 'terminal-lost', message: 'The shell is away; trying again.' });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]));
    }
  }

  /** Resolves when the holder's connection has ended. */
  async #attachOnce(to: Shell, signal: AbortSignal, attached: () => void): Promise<void> {
    const { shell, terminal, nonce } = to;
    const wanted = this.#position;
    const from = wanted?.from ?? 0;
    const holder = this.#shared
      ? await this.#shared.connect(from, signal)
      : await HolderClient.connect(shell, {
          role: this.#leads ? 'owner' : 'watcher',
          terminal,
          from,
          signal,
          waitingInputBytes: this.#limits.waitingInputBytes,
        });
    const { id, start, next: live, cols, rows } = holder.welcome;
    if (wanted && wanted.id !== id) {
      this.#position = null;
      this.#early.refuse();
      holder.close();
      return;
    }
    const kept = start > from ? await this.#keptAfter(from, to, id) : null;
    if (signal.aborted) return holder.close();
    attached();
    const leads = this.#leads;
    this.#holder = holder;
    this.#inFlight = 0;
    const begins = kept?.byte ?? start;
    const first = Math.max(begins, start);
    this.#position = { id, from: first };
    this.#pictureBytes = kept?.bytes.length ?? 0;
    this.#send({
      type: 'terminal',
      id,
      start: begins,
      nonce,
      missed: begins - from,
      live,
      picture: kept?.bytes.length,
      follows: leads ? null : { cols, rows },
    });
    if (kept) this.#output(kept.bytes);
    this.#flush();
    if (first > begins) this.#send({ type: 'gap', missed: first - begins });
    this.#resize(this.#size);
    if (leads) holder.write(this.#early.take());
    this.#socket.resume();
    if (start > Math.max(from, kept?.byte ?? 0)) this.#drawAnew();
    await new Promise<void>((resolve) => {
      holder.onOutput = (all, offset) => {
        if (this.#socket.readyState !== this.#socket.OPEN || offset + all.length <= first) return;
        const bytes = all.subarray(Math.max(0, first - offset));
        this.#position = { id, from: offset + all.length };
        this.#output(bytes);
      };
      holder.onBatchEnd = () => this.#flush();
      holder.onEnded = () => {
        this.#onEnded();
        if (this.#looksOn) this.end();
        else this.#pages.ended();
      };
      holder.onGap = (missed) => {
        this.#send({ type: 'gap', missed });
        this.#drawAnew();
      };
      holder.onTaken = (bytes) => this.#send({ type: 'taken', bytes });
      if (!leads) holder.onResized = (size) => this.#send({ type: 'size', ...size });
      holder.onClose = () => resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
      holder.resume();
    });
    this.#holder = null;
    holder.close();
  }

  #output(bytes: Buffer): void {
    this.#inFlight += bytes.length;
    this.#uncounted += bytes.length;
    this.#frames.add(bytes);
    this.#throttle();
  }

  /** What came together leaves, and is counted then. */
  #flush(): void {
    this.#frames.flush();
    if (this.#uncounted === 0) return;
    tell('terminal-bytes', { direction: 'out', bytes: this.#uncounted });
    this.#uncounted = 0;
  }

  /** What the screen showed at a byte after `from`, where that is known: the bytes before it are gone. */
  async #keptAfter(from: number, { screenFile, nonce }: Shell, id: string): Promise<Picture | null> {
    const kept: KeptScreen | null = await readKept(screenFile);
    if (kept?.terminal !== id || kept.byte <= from) return null;
    return { byte: kept.byte, bytes: await pictureFor(kept, this.#size, nonce) };
  }

  #drawAnew(): void {
    if (this.#leads) this.redraw();
    else this.#pages.redraw();
  }

  #throttle(): void {
    if (this.#inFlight > this.#limits.windowBytes) this.#holder?.pause();
    else if (this.#inFlight < this.#limits.windowBytes / 2) this.#holder?.resume();
  }

  #detach(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#attaching?.abort();
    this.#attaching = null;
    this.#holder?.close();
    this.#holder = null;
  }

  #refuse(reason: string): void {
    this.close('badFrame', reason);
  }

  #send(message: ServerMessage): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > this.#limits.windowBytes + this.#pictureBytes + UNREAD_BYTES) {
      this.close('unread', 'too much waits for this page');
      return this.#socket.terminate();
    }
    this.#frames.flushAll();
    this.#socket.send(JSON.stringify(message));
  }
}

interface Size {
  cols: number;
  rows: number;
}

interface Picture {
  byte: number;
  bytes: Buffer;
}

/** `version` is what a hello speaks, whatever else it says; no message where it is malformed. */
function readMessage(data: Buffer): { version: number | null; message: ClientMessage | null } {
  try {
    if (data.length > MAX_MESSAGE_BYTES) return { version: null, message: null };
    const json: unknown = JSON.parse(data.toString('utf8'));
    const { version } = anyHello.safeParse(json).data ?? {};
    return {
      version: version === undefined || version === PROTOCOL_VERSION ? null : version,
      message: clientMessageSchema.safeParse(json).data ?? null,
    };
  } catch {
    return { version: null, message: null };
  }
}
