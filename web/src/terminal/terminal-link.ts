// Owns the way from the screen to the shell: one socket at a time, connected again when it is lost.

import { type Signal, signal } from '@preact/signals';
import type { Session } from '../../../protocol/session.ts';
import { closeCodes, type ServerMessage } from '../../../protocol/socket.ts';
import { Backoff } from './backoff.ts';
import { Connection, type Screen } from './connection.ts';
import { KeptInput } from './kept-input.ts';
import { OutputPosition } from './output-position.ts';

export type LinkState =
  | { state: 'connecting' }
  | { state: 'ready' }
  /** The link mends this by itself. */
  | { state: 'lost'; message: string | null; typed: TypedWhileLost }
  /** Page and server speak different protocols. */
  | { state: 'refused' }
  /** The server has cut the page off for a reason; it stays so until `connect` is called. */
  | { state: 'cut-off'; why: CutOff }
  /** The terminal has ended; the session says so next. */
  | { state: 'ended' };

export type CutOff = 'inputFlood' | 'tooManySockets';
export type MapMessage = Extract<ServerMessage, { type: 'map' | 'map-change' }>;
/** `kept`: it is sent where the line is back soon. `unsure`: it was sent, and may not have arrived. */
export type TypedWhileLost = 'nothing' | 'kept' | 'refused' | 'unsure';

export type LinkEvents = {
  onSession(session: Session): void;
  onMap(message: MapMessage): void;
  /** The server knows no session, or refuses to say: it must be found or made again before `connect` helps. */
  onNoSession(): void;
  /** Page and server speak different versions; true where the page is loaded anew. */
  onOutdated(): boolean;
};

const REFUSALS_BEFORE_ASKING = 3;

export class TerminalLink {
  readonly state: Signal<LinkState> = signal({ state: 'connecting' });
  /** Another page leads: the terminal has that page's size until something is typed on this one. */
  readonly follows: Signal<boolean> = signal(false);
  private readonly position = new OutputPosition();
  private readonly backoff = new Backoff();
  private readonly makeSocket: () => WebSocket;
  private readonly events: LinkEvents;
  private readonly kept = new KeptInput(() => this.tellKept());
  private readonly stopWatching: () => void;
  private screen: Screen | null = null;
  private connection: Connection | null = null;
  /** Open, or about to be, before there is a screen. */
  private ahead: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private refusals = 0;
  /** Null until the page is drawn, and says. */
  private mapShown: boolean | null = null;
  /** Which the screen shows. */
  private terminal: string | null = null;

  constructor(makeSocket: () => WebSocket, events: LinkEvents) {
    this.makeSocket = makeSocket;
    this.events = events;
    this.stopWatching = whenBack(() => {
      if (this.timer !== undefined) this.connect();
      else this.connection?.probe();
    });
  }

  /** Names the screen, once, before the first `connect`. */
  attach(screen: Screen): void {
    this.screen = screen;
  }

  /** Opens the line while there is no screen yet. */
  prepare(): void {
    if (!this.screen) this.ahead ??= this.makeSocket();
  }

  /** Connects now, in place of any socket there is. */
  connect(): void {
    if (!this.screen) return;
    const ready = this.ahead && this.ahead.readyState <= WebSocket.OPEN ? this.ahead : this.makeSocket();
    this.ahead = null;
    this.stop();
    if (isCutOff(this.state.peek())) this.state.value = { state: 'connecting' };
    this.connection = new Connection(ready, this.screen, this.position, !this.follows.peek(), {
      onOpen: () => this.mapShown !== null && this.connection?.showMap(this.mapShown),
      onMessage: (message) => this.receive(message),
      onClose: (code, how) => this.closed(code, how),
    });
  }

  /** Asks for the map from now on, also after the link was lost, or no longer. The first time says that the page is drawn. */
  showMap(shown: boolean): void {
    if (this.mapShown === shown) return;
    this.mapShown = shown;
    this.connection?.showMap(shown);
  }

  /** Sends input; while the line is away it is kept for a short while, and the state says so. */
  send(bytes: Uint8Array<ArrayBuffer>): void {
    const { state } = this.state.peek();
    if (state === 'ready') {
      this.lead();
      this.connection?.send(bytes);
    } else if (state === 'lost' || state === 'connecting') this.kept.add(bytes);
  }

  /** As `send`, for one who looks on, and never leads. */
  sendBeside(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.state.peek().state === 'ready') this.connection?.send(bytes);
  }

  /** Bytes of input that are on their way to the program. */
  get waiting(): number {
    return this.connection?.waiting ?? 0;
  }

  resize(): void {
    if (!this.follows.peek()) this.connection?.resize();
  }

  /** This page leads from now on, where another one does. */
  lead(): void {
    if (!this.follows.peek()) return;
    this.follows.value = false;
    this.connection?.lead();
  }

  dispose(): void {
    this.stopWatching();
    this.kept.dispose();
    this.stop();
    this.screen = null;
  }

  /** Ends the socket, and trying for one, until `connect` is called. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.ahead?.close();
    this.ahead = null;
    this.connection?.dispose();
    this.connection = null;
  }

  private receive(message: ServerMessage): void {
    if (message.type === 'session') this.events.onSession(message.session);
    else if (message.type === 'map' || message.type === 'map-change') this.events.onMap(message);
    else if (message.type === 'terminal-lost') this.lose(message.message);
    else if (message.type === 'input-refused') this.refused();
    else if (message.type === 'terminal') {
      this.backoff.reset();
      this.state.value = { state: 'ready' };
      this.follows.value = message.follows !== null;
      const typed = this.kept.take();
      // What was meant for one computer is not typed at another.
      if (this.terminal === null || this.terminal === message.id) for (const bytes of typed) this.send(bytes);
      this.terminal = message.id;
    }
  }

  private closed(code: number, { opened, unheard }: { opened: boolean; unheard: boolean }): void {
    this.connection = null;
    if (code === closeCodes.noTerminal) {
      this.kept.take();
      this.state.value = { state: 'ended' };
      return;
    }
    if (code === closeCodes.unknownVersion && this.events.onOutdated()) return;
    if (code === closeCodes.inputFlood || code === closeCodes.tooManySockets) {
      this.kept.take();
      this.state.value = { state: 'cut-off', why: code === closeCodes.inputFlood ? 'inputFlood' : 'tooManySockets' };
      return;
    }
    if (code === closeCodes.badFrame || code === closeCodes.frameTooLarge || code === closeCodes.unknownVersion) {
      this.kept.take();
      this.state.value = { state: 'refused' };
      return;
    }
    this.lose(null, unheard);
    this.refusals = opened ? 0 : this.refusals + 1;
    this.timer = setTimeout(() => this.connect(), this.backoff.nextMs());
    if (this.refusals >= REFUSALS_BEFORE_ASKING) {
      this.refusals = 0;
      this.events.onNoSession();
    }
  }

  private lose(message: string | null, unheard = false): void {
    const before = this.state.peek();
    const typed = before.state === 'lost' ? before.typed : unheard ? 'unsure' : 'nothing';
    this.state.value = { state: 'lost', message, typed };
    this.tellKept();
  }

  /** Sent while the shell went away, and never typed. */
  private refused(): void {
    const state = this.state.peek();
    if (state.state === 'lost' && state.typed === 'nothing') this.state.value = { ...state, typed: 'unsure' };
  }

  private tellKept(): void {
    const state = this.state.peek();
    const { now } = this.kept;
    if (state.state === 'lost' && now !== 'empty') this.state.value = { ...state, typed: now };
  }
}

/** Whether nothing comes over it again by itself. */
export function isCutOff({ state }: LinkState): boolean {
  return state === 'refused' || state === 'cut-off';
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
