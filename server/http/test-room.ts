// A room without Docker for tests: the real app over HTTP, a real store in a file, real people; nobody gets a computer.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Room, roomOf } from '../classes/room.ts';
import { type Lessons, loadLessons } from '../lessons/load.ts';
import { Sessions } from '../sessions/sessions.ts';
import { openDatabase } from '../store/database.ts';
import { Store } from '../store/store.ts';
import { Access } from './access.ts';
import { createApp } from './app.ts';
import { Visitors } from './visitors.ts';

const log = { warn: () => {}, error: () => {}, debug: () => {} };

export const MOST_SANDBOXES = 20;

export class TestRoom implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'slipway-room-'));
  readonly file = join(this.dir, 'slipway.db');
  readonly lessons: Lessons = loadLessons('lessons');
  readonly store: Store;
  readonly sessions: Sessions;
  readonly room: Room;
  readonly #server = createServer();
  url = '';

  private constructor() {
    const { lessons } = this;
    this.store = new Store(openDatabase(this.file));
    const pool = fullPool() as never;
    const hubStore = {} as never;
    this.sessions = new Sessions({ store: this.store, lessons, pool, hubStore, log });
    const machine = { pool, hubStore, dataDir: this.dir, log };
    this.room = roomOf({ store: this.store, sessions: this.sessions, key: 'a key of a test', lessons, machine });
    mkdirSync(join(this.dir, 'assets'));
    writeFileSync(join(this.dir, 'index.html'), '<title>the page</title>');
    const app = createApp({
      store: this.store,
      lessons,
      glossary: [],
      sessions: this.sessions,
      access: Access.ofPeople('a token of metrics'),
      visitors: new Visitors({ sessions: this.sessions, people: this.room.people, secureCookies: false }),
      room: this.room,
      retentionDays: 30,
      info: () => ({ version: '0', offlineImages: true, hubLimited: false, leftOut: [] }),
      pageDir: this.dir,
      rendered: () => null,
      secureCookies: false,
      behindProxy: false,
      readiness: async () => ({ engine: true, hub: true, pool: true }),
      metrics: { contentType: 'text/plain', text: async () => '' },
      log,
    });
    this.#server.on('request', app);
  }

  static async open(): Promise<TestRoom> {
    const room = new TestRoom();
    await new Promise<void>((resolve) => room.#server.listen(0, '127.0.0.1', resolve));
    room.url = `http://127.0.0.1:${(room.#server.address() as AddressInfo).port}`;
    return room;
  }

  /** Signed in as the first teacher. */
  teacher(): Asker {
    return new Asker(this.url, this.room.people.enterByLink(this.room.people.printedLink()).login);
  }

  assistant(name: string): Asker {
    return new Asker(this.url, this.room.people.enterByLink(this.room.people.invite('assistant', name).token).login);
  }

  /** Of a class that is open. */
  learner(ofClass: number, name: string): Asker {
    const code = this.room.classes.get(ofClass).code.replace('-', '');
    return new Asker(this.url, this.room.people.join(code, name, '127.0.0.1').login);
  }

  /** An open one of these lessons. */
  class(name: string, lessons: string[]): number {
    const { id } = this.room.classes.create(name, lessons);
    this.room.classes.change(id, { state: 'open' });
    return id;
  }

  /** A run of a learner, as if they had begun it; answers its id. */
  begun(asker: Asker): string {
    const { session } = this.sessions.create();
    const person = this.room.people.identify(asker.login, false)?.person;
    if (person) this.room.people.setSession(person, session.id);
    return session.id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
    await this.room.rehearsals.close();
    this.sessions.close();
    this.store.close();
    rmSync(this.dir, { recursive: true });
  }
}

/** Of a server where all computers are in use. */
function fullPool() {
  const free = { memoryBytes: 2 ** 30, diskBytes: 2 ** 34 };
  const look = async () => ({ free, kept: { memoryBytes: 2 ** 28, diskBytes: 2 ** 30 }, pressure: 0 });
  const wait = { place: 1, waitMs: null, why: 'full' };
  return {
    listen: () => {},
    get: () => null,
    remove: async () => {},
    arrive: () => ({ wait, present: () => {}, leave: () => {} }),
    counts: { claimed: 20, warm: 0, making: 0, waiting: 0 },
    admission: { max: MOST_SANDBOXES, look },
  };
}

/** Somebody who asks, with a login or without one. */
export class Asker {
  readonly login: string;
  readonly #url: string;

  constructor(url: string, login = '') {
    this.#url = url;
    this.login = login;
  }

  get(path: string): Promise<Response> {
    return fetch(this.#url + path, { headers: { cookie: `slipway_login=${this.login}` } });
  }

  post(path: string, body: object = {}): Promise<Response> {
    const headers = { cookie: `slipway_login=${this.login}`, 'content-type': 'application/json' };
    return fetch(this.#url + path, { method: 'POST', body: JSON.stringify(body), headers });
  }
}

/** The code of a refusal; empty where it is none. */
export async function codeOf(answer: Response): Promise<string> {
  if (answer.ok) return '';
  return ((await answer.json()) as { error: { code: string } }).error.code;
}
