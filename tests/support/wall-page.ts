// A page of the wall, and a learner's of what goes on in the room, without a browser: they keep what they are told.

import type { WebSocket } from 'ws';
import { routes } from '../../protocol/http.ts';
import { type Broadcast, type HelpItem, type Keyboard, type OwnHand, roomMessageSchema } from '../../protocol/room.ts';
import { type WallLearner, type WallMessage, type WallReport, wallMessageSchema } from '../../protocol/wall.ts';
import { type Learner, until } from './learner.ts';

export class WallPage implements Disposable {
  readonly socket: WebSocket;
  readonly messages: WallMessage[] = [];
  readonly learners = new Map<string, WallLearner>();
  readonly lines = new Map<string, string[]>();
  reports: readonly WallReport[] = [];
  pausedBy: string | null = null;
  broadcast: Broadcast | null = null;
  closeCode: number | null = null;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('close', (code) => {
      this.closeCode = code;
    });
    socket.on('message', (data: Buffer) => this.#take(wallMessageSchema.parse(JSON.parse(data.toString('utf8')))));
  }

  /** Resolves when it has the wall. */
  static async open(staff: Learner, ofClass: number): Promise<WallPage> {
    const page = new WallPage(staff.socketAt(routes.wall(ofClass)));
    await until(() => page.messages.some(({ type }) => type === 'wall'), 'the wall');
    return page;
  }

  named(name: string): WallLearner | undefined {
    return [...this.learners.values()].find((learner) => learner.name === name);
  }
  idOf(name: string): string {
    return [...this.learners].find(([, learner]) => learner.name === name)?.[0] ?? '';
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  [Symbol.dispose](): void {
    this.socket.terminate();
  }

  #take(message: WallMessage): void {
    this.messages.push(message);
    if (message.type === 'wall') {
      this.learners.clear();
      this.pausedBy = message.pausedBy;
    }
    if (message.type === 'wall' || message.type === 'wall-change')
      for (const [id, learner] of Object.entries(message.learners))
        if (learner) this.learners.set(id, learner);
        else this.learners.delete(id);
    if (message.type === 'wall-broadcast') this.broadcast = message.broadcast;
    if (message.type === 'wall-reports') this.reports = message.reports;
    if (message.type === 'wall-lines')
      for (const [id, lines] of Object.entries(message.lines)) this.lines.set(id, lines);
  }
}

export class RoomPage implements Disposable {
  readonly socket: WebSocket;
  /** Undefined until it is told. */
  hand: OwnHand | null | undefined;
  watchers: readonly string[] = [];
  help: readonly HelpItem[] = [];
  keyboard: Keyboard | null = null;
  pausedBy: string | null = null;
  openLessons: readonly string[] | undefined;
  broadcast: Broadcast | null = null;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => {
      const message = roomMessageSchema.parse(JSON.parse(data.toString('utf8')));
      if (message.type === 'open-lessons') this.openLessons = message.lessons;
      if (message.type === 'broadcast') this.broadcast = message.broadcast;
      if (message.type !== 'room') return;
      this.hand = message.hand;
      this.watchers = message.watchers;
      this.help = message.help;
      this.keyboard = message.keyboard;
      this.pausedBy = message.pausedBy;
    });
  }

  get isClosed(): boolean {
    return this.socket.readyState !== this.socket.OPEN;
  }

  /** Resolves when it was told. */
  static async open(learner: Learner): Promise<RoomPage> {
    const page = new RoomPage(learner.socketAt(routes.room));
    await until(() => page.hand !== undefined, 'the room');
    return page;
  }

  [Symbol.dispose](): void {
    this.socket.terminate();
  }
}
