// Owns the way from the screen to the shell: one socket at a time, connected again when it is lost.

import { type Signal, signal } from '@preact/signals';
import type { Session } from '../../../protocol/session.ts';
import { closeCodes, type ServerMessage } from '../../../protocol/socket.ts';
import { Backoff } from './backoff.ts';
import { Connection, type Screen } from './connection.ts';
import { OutputPosition } from './output-position.ts';

export type LinkState =
  | { state: 'connecting' }
  | { state: 'ready' }
  /** The link mends this by itself. `unsent` once something was typed that went nowhere. */
  | { state: 'lost'; message: string | null; unsent: boolean }
  /** Another page has the terminal; it stays so until `connect` is called. */
  | { state: 'taken-over' }
  /** Page and server speak different protocols. */
  | { state: 'refused' };

export type MapMessage = Extract<ServerMessage, { type: 'map' | 'map-change' }>;

export type LinkEvents = {
  onSession(session: Session): void;
  onMap(message: MapMessage): void;
  /** The server knows no session, or refuses to say: it must be found or made again before `connect` helps. */
  onNoSession(): void;
};

const REFUSALS_BEFORE_ASKING = 3;

export class TerminalLink {
  readonly state: Signal<LinkState> = signal({ state: 'connecting' });
  private readonly position = new OutputPosition();
  private readonly backoff = new Backoff();
  private readonly makeSocket: () => WebSocket;
  private readonly events: LinkEvents;
  private readonly stopWatching: () => void;
  private screen: Screen | null = null;
  private connection: Connection | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private refusals = 0;
  private mapShown = false;

  constructor(makeSocket: () => WebSocket, events: LinkEvents) {
    this.makeSocket = makeSocket;
    this.events = events;
    this.stopWatching = whenBack(() => this.timer !== undefined && this.connect());
  }

  /** Names the screen, once, before the first `connect`. */
  attach(screen: Screen): void {
    this.screen = screen;
  }

  /** Connects now, in place of any socket there is. */
  connect(): void {
    if (!this.screen) return;
    this.stop();
    const { state } = this.state.peek();
    if (state === 'taken-over' || state === 'refused') this.state.value = { state: 'connecting' };
    this.connection = new Connection(this.makeSocket(), this.screen, this.position, {
      onOpen: () => this.mapShown && this.connection?.showMap(true),
      onMessage: (message) => this.receive(message),
      onClose: (code, opened) => this.closed(code, opened),
    });
  }

  /** Asks for the map from now on, also after the link was lost, or no longer. */
  showMap(shown: boolean): void {
    if (this.mapShown === shown) return;
    this.mapShown = shown;
    this.connection?.showMap(shown);
  }

  /** Sends input. False where it went nowhere; the state then says so. */
  send(bytes: Uint8Array<ArrayBuffer>): boolean {
    const state = this.state.peek();
    if (state.state === 'ready') {
      this.connection?.send(bytes);
      return true;
    }
    if (state.state === 'lost' && !state.unsent) this.state.value = { ...state, unsent: true };
    return false;
  }

  /** Bytes of input that have not left the page yet. */
  get waiting(): number {
    return this.connection?.waiting ?? 0;
  }

  resize(): void {
    this.connection?.resize();
  }

  dispose(): void {
    this.stopWatching();
    this.stop();
    this.screen = null;
  }

  /** Ends the socket, and trying for one, until `connect` is called. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.connection?.dispose();
    this.connection = null;
  }

  private receive(message: ServerMessage): void {
    if (message.type === 'session') this.events.onSession(message.session);
    else if (message.type === 'map' || message.type === 'map-change') this.events.onMap(message);
    else if (message.type === 'terminal-lost') this.lose(message.message);
    else if (message.type === 'terminal') {
      this.backoff.reset();
      this.state.value = { state: 'ready' };
    }
  }

  private closed(code: number, opened: boolean): void {
    this.connection = null;
    if (code === closeCodes.takenOver) {
      this.state.value = { state: 'taken-over' };
      return;
    }
    if (code === closeCodes.badFrame) {
      this.state.value = { state: 'refused' };
      return;
    }
    this.lose(null);
    this.refusals = opened ? 0 : this.refusals + 1;
    this.timer = setTimeout(() => this.connect(), this.backoff.nextMs());
    if (code === closeCodes.noSession || this.refusals >= REFUSALS_BEFORE_ASKING) {
      this.refusals = 0;
      this.events.onNoSession();
    }
  }

  private lose(message: string | null): void {
    const before = this.state.peek();
    this.state.value = { state: 'lost', message, unsent: before.state === 'lost' && before.unsent };
  }
}

/** Calls when the network, the tab or the window is back. */
function whenBack(call: () => void): () => void {
  const onVisible = () => document.visibilityState === 'visible' && call();
  window.addEventListener('online', call);
  window.addEventListener('focus', call);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    window.removeEventListener('online', call);
    window.removeEventListener('focus', call);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
