// A page that is told something else of its session and its world than is so: what takes minutes, a full machine or a broken one
// to come by for real. How it comes about is tested in tests/docker.

import type { Page, WebSocketRoute } from '@playwright/test';
import { keyOf, type MapThing } from '../../protocol/map.ts';
import type { Session } from '../../protocol/session.ts';
import type { ServerMessage } from '../../protocol/socket.ts';

export class Retold {
  #told: Partial<Session> = {};
  #session: Session | null = null;
  #socket: WebSocketRoute | null = null;

  /** Before the page goes anywhere. */
  static async of(page: Page): Promise<Retold> {
    const retold = new Retold();
    await page.routeWebSocket(/\/ws\?terminal=0$/, (socket) => retold.#pass(socket));
    return retold;
  }

  /** From now on the session is as the server says it, but for this. */
  session(told: Partial<Session>): void {
    this.#told = told;
    if (this.#session) this.#send({ type: 'session', session: this.#session });
  }

  /** These things come to the map that the server has told, or take the place of those of their kind and name. */
  map(...things: MapThing[]): void {
    const set = Object.fromEntries(things.map((thing) => [keyOf(thing), thing]));
    this.#send({ type: 'map-change', change: { set, gone: [] } });
  }

  /** Ends the page's line with a close code. */
  async close(code: number): Promise<void> {
    await this.#socket?.close({ code, reason: 'told by a test' });
  }

  #pass(socket: WebSocketRoute): void {
    this.#socket = socket;
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => {
      if (typeof message === 'string') this.#send(JSON.parse(message), socket);
      else socket.send(message);
    });
  }

  #send(message: ServerMessage, socket = this.#socket): void {
    if (message.type === 'session') this.#session = message.session;
    const said = message.type === 'session' ? { ...message, session: { ...message.session, ...this.#told } } : message;
    socket?.send(JSON.stringify(said));
  }
}
