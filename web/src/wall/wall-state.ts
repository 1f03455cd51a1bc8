// What the page of a wall knows: the wall as it was told, and the server's clock.

import { type Signal, signal } from '@preact/signals';
import { routes } from '../../../protocol/http.ts';
import type { Broadcast } from '../../../protocol/room.ts';
import {
  type WallLearner,
  type WallLesson,
  type WallMessage,
  type WallReport,
  wallMessageSchema,
} from '../../../protocol/wall.ts';
import { RoomSocket } from './room-socket.ts';

export interface Told {
  name: string;
  pausedBy: string | null;
  lessons: WallLesson[];
  learners: Readonly<Record<string, WallLearner>>;
}

/** Of a lesson, and of one of its steps where there is one. */
export function titleOf({ lessons }: Told, slug: string, step: string | null): string {
  const lesson = lessons.find((one) => one.slug === slug);
  const title = lesson?.title ?? slug;
  return step === null ? title : `${title} · ${lesson?.steps.find((one) => one.id === step)?.title ?? step}`;
}

export class WallState {
  /** Null until it is told. */
  readonly told: Signal<Told | null> = signal(null);
  readonly broadcast: Signal<Broadcast | null> = signal(null);
  readonly reports: Signal<readonly WallReport[]> = signal([]);
  readonly lines: Signal<Readonly<Record<string, readonly string[]>>> = signal({});
  readonly linesShown: Signal<boolean> = signal(false);
  /** By the server's clock, to the second. */
  readonly nowMs: Signal<number> = signal(Date.now());
  private readonly socket: RoomSocket<WallMessage>;
  private readonly timer = setInterval(() => this.tick(), 1000);
  private aheadMs = 0;

  constructor(ofClass: number) {
    this.socket = new RoomSocket(
      routes.wall(ofClass),
      wallMessageSchema,
      (message) => this.take(message),
      () => this.sayLines(),
    );
  }

  get live(): Signal<boolean> {
    return this.socket.live;
  }

  showLines(shown: boolean): void {
    this.linesShown.value = shown;
    this.sayLines();
  }

  dispose(): void {
    clearInterval(this.timer);
    this.socket.dispose();
  }

  private sayLines(): void {
    if (!this.linesShown.peek()) this.lines.value = {};
    this.socket.say({ type: 'lines', shown: this.linesShown.peek() });
  }

  private tick(): void {
    this.nowMs.value = Date.now() + this.aheadMs;
  }

  private take(message: WallMessage): void {
    if (message.type === 'wall-lines') this.lines.value = { ...this.lines.peek(), ...message.lines };
    else if (message.type === 'wall-reports') this.reports.value = message.reports;
    else if (message.type === 'wall-broadcast') this.broadcast.value = message.broadcast;
    else if (message.type !== 'pong') {
      this.aheadMs = message.nowMs - Date.now();
      this.tick();
      const { told } = this;
      if (message.type === 'wall') told.value = message;
      else if (told.value) told.value = { ...told.value, learners: changed(told.value.learners, message.learners) };
    }
  }
}

function changed(
  before: Readonly<Record<string, WallLearner>>,
  change: Readonly<Record<string, WallLearner | null>>,
): Record<string, WallLearner> {
  const all = Object.entries({ ...before, ...change });
  return Object.fromEntries(all.flatMap(([id, learner]) => (learner ? [[id, learner] as const] : [])));
}
