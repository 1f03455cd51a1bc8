// One socket to the server: says hello, hands output to the screen, acknowledges it, and ends with a close code.

import { MAX_CELLS, OPEN_WITHIN_MS, TAKEN_BYTES } from '../../../protocol/limits.ts';
import {
  type ClientMessage,
  closeCodes,
  PROTOCOL_VERSION,
  type ServerMessage,
  serverMessageSchema,
} from '../../../protocol/socket.ts';
import { Acknowledgement } from './acknowledgement.ts';
import { Heartbeat } from './heartbeat.ts';
import { cutFrames } from './input-frames.ts';
import type { OutputPosition } from './output-position.ts';

const CTRL_C = 3;

/** Where output is shown. Everything given to it is shown in that order. */
export interface Screen {
  readonly cols: number;
  readonly rows: number;
  /** `parsed` is called once the bytes are on the screen. Queries in `old` output are not answered. */
  write(bytes: Uint8Array, old: boolean, parsed: () => void): void;
  /** What comes after this has genuine marks of the shell with this nonce. */
  trust(nonce: string): void;
  /** A full reset, scrollback included. */
  clear(): void;
  /** The output that comes after this is of a terminal of this size, which another page decides; null: of this screen's own. */
  follow(size: { cols: number; rows: number } | null): void;
  /** The screen has its own size at once. */
  lead(): void;
  /** Tells the reader that bytes are missing here; `above` the screen, where a picture of it follows. */
  tellMissing(bytes: number, above: boolean): void;
}

export type ConnectionEvents = {
  /** The server can be told things from now on. */
  onOpen(): void;
  onMessage(message: ServerMessage): void;
  /** `unheard`: what was typed last may not have arrived. */
  onClose(code: number, how: { opened: boolean; unheard: boolean }): void;
};

export class Connection {
  private readonly socket: WebSocket;
  private readonly screen: Screen;
  private readonly position: OutputPosition;
  private readonly events: ConnectionEvents;
  private readonly acknowledgement = new Acknowledgement((bytes) => this.tell({ type: 'ack', bytes }));
  private readonly deadline: ReturnType<typeof setTimeout>;
  private heartbeat: Heartbeat | null = null;
  private opened = false;
  /** Another page leads, and answers what programs ask. */
  private following = false;
  private readonly wantsLead: boolean;
  /** Since the terminal was attached: bytes sent, and those of them that the program has taken. */
  private sent = 0;
  private taken = 0;
  /** Something was typed of which nothing that came since tells that it has arrived. */
  private unheard = false;

  /** `wantsLead`: the terminal gets the size of this screen, whoever decided it before. */
  constructor(
    socket: WebSocket,
    screen: Screen,
    position: OutputPosition,
    wantsLead: boolean,
    events: ConnectionEvents,
  ) {
    this.socket = socket;
    this.wantsLead = wantsLead;
    this.screen = screen;
    this.position = position;
    this.events = events;
    this.deadline = setTimeout(() => this.end(0), OPEN_WITHIN_MS);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.hello();
    socket.onmessage = ({ data }) => {
      this.heartbeat?.heard();
      this.unheard = false;
      if (typeof data === 'string') this.receive(data);
      else this.show(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => this.end(code);
    // One that was opened ahead tells it no more.
    if (socket.readyState === WebSocket.OPEN) queueMicrotask(() => socket.onopen?.(new Event('open')));
  }

  /** Bytes that were sent and have not got to the program, as far as it is known: less than `TAKEN_BYTES` may be told as none. */
  get waiting(): number {
    const left = this.sent - this.taken;
    return left < TAKEN_BYTES ? this.socket.bufferedAmount : left;
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.unheard = true;
    this.sent += bytes.length;
    // What a Ctrl-C finds on its way is thrown away, here and there.
    if (bytes.includes(CTRL_C)) this.sent = this.taken;
    for (const frame of cutFrames(bytes)) this.socket.send(frame);
  }

  showMap(shown: boolean): void {
    if (this.opened) this.tell({ type: 'map', shown });
  }

  /** The line may be dead: if it is, this is known in a few seconds. */
  probe(): void {
    this.heartbeat?.probe();
  }

  resize(): void {
    if (this.opened) this.tell({ type: 'resize', ...this.size() });
  }

  /** This page leads from now on. */
  lead(): void {
    this.screen.lead();
    if (this.opened) this.tell({ type: 'lead', ...this.size() });
  }

  /** Closes without a word to `onClose`. */
  dispose(): void {
    clearTimeout(this.deadline);
    this.heartbeat?.stop();
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }

  private hello(): void {
    clearTimeout(this.deadline);
    this.opened = true;
    this.heartbeat = new Heartbeat(
      () => this.tell({ type: 'ping' }),
      () => this.end(0),
    );
    const terminal = this.position.resumeFrom();
    this.tell({ type: 'hello', version: PROTOCOL_VERSION, terminal, ...this.size(), lead: this.wantsLead });
    this.events.onOpen();
  }

  private receive(data: string): void {
    const message = parseMessage(data);
    // Words of a newer server: better to load the page anew than to guess.
    if (!message) return this.end(closeCodes.unknownVersion);
    if (message.type === 'terminal') {
      if (this.position.attach(message).clear) this.screen.clear();
      this.screen.trust(message.nonce);
      if (message.missed > 0) this.screen.tellMissing(message.missed, message.picture !== undefined);
      this.following = message.follows !== null;
      this.sent = this.taken = 0;
      this.screen.follow(message.follows);
    } else if (message.type === 'input-refused') {
      this.sent -= message.bytes;
    } else if (message.type === 'taken') {
      this.taken = message.bytes;
    } else if (message.type === 'size') {
      this.screen.follow(message);
    } else if (message.type === 'gap') {
      this.position.skip(message.missed);
      this.screen.tellMissing(message.missed, false);
    }
    this.events.onMessage(message);
  }

  private show(frame: Uint8Array): void {
    let left = frame.length;
    for (const { bytes, old } of this.position.take(frame)) {
      left -= bytes.length;
      this.screen.write(bytes, old || this.following, () => this.acknowledgement.add(bytes.length));
    }
    // What the screen had already costs no parsing.
    if (left > 0) this.acknowledgement.add(left);
  }

  private end(code: number): void {
    this.dispose();
    this.events.onClose(code, { opened: this.opened, unheard: this.unheard });
  }

  private size() {
    const within = (cells: number) => Math.min(MAX_CELLS, Math.max(1, cells));
    return { cols: within(this.screen.cols), rows: within(this.screen.rows) };
  }

  private tell(message: ClientMessage): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}

function parseMessage(data: string): ServerMessage | null {
  try {
    return serverMessageSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
