// A WebSocket of the room that comes back by itself, with messages of one schema.

import { type Signal, signal } from '@preact/signals';
import type { z } from 'zod';
import { OPEN_WITHIN_MS } from '../../../protocol/limits.ts';
import { Backoff } from '../terminal/backoff.ts';
import { Heartbeat } from '../terminal/heartbeat.ts';

export class RoomSocket<T> {
  /** Whether what was told last is as it is now. */
  readonly live: Signal<boolean> = signal(false);
  private readonly url: URL;
  private readonly schema: z.ZodType<T>;
  private readonly onMessage: (message: T) => void;
  private readonly onOpen: () => void;
  private readonly backoff = new Backoff();
  private socket: WebSocket | null = null;
  private heartbeat: Heartbeat | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(path: string, schema: z.ZodType<T>, onMessage: (message: T) => void, onOpen = () => {}) {
    this.url = new URL(path, location.href.replace(/^http/, 'ws'));
    this.schema = schema;
    this.onMessage = onMessage;
    this.onOpen = onOpen;
    this.connect();
    addEventListener('online', this.wake);
    document.addEventListener('visibilitychange', this.wake);
  }

  say(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  dispose(): void {
    this.closed = true;
    removeEventListener('online', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    this.end();
  }

  /** A laptop that slept does not know that its line is dead. */
  private readonly wake = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (this.timer !== undefined) this.connect();
    else this.heartbeat?.probe();
  };

  private connect(): void {
    this.end();
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.timer = undefined;
    const late = setTimeout(() => lose(), OPEN_WITHIN_MS);
    const lose = () => {
      clearTimeout(late);
      if (this.socket !== socket) return;
      this.end();
      this.live.value = false;
      if (!this.closed) this.timer = setTimeout(() => this.connect(), this.backoff.nextMs());
    };
    socket.onopen = () => {
      clearTimeout(late);
      this.heartbeat = new Heartbeat(() => this.say({ type: 'ping' }), lose);
      this.onOpen();
    };
    socket.onmessage = ({ data }) => {
      this.heartbeat?.heard();
      const message = this.schema.safeParse(JSON.parse(String(data)));
      if (!message.success) return;
      this.backoff.reset();
      this.live.value = true;
      this.onMessage(message.data);
    };
    socket.onclose = lose;
  }

  private end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.heartbeat?.stop();
    this.heartbeat = null;
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }
}
