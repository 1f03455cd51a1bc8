// Slipway itself: its server, a sandbox for each line, and the page's side of the WebSocket.

import { routes } from '../../../protocol/http.ts';
import { ACK_BYTES } from '../../../protocol/limits.ts';
import { PROTOCOL_VERSION } from '../../../protocol/socket.ts';
import { NOTHING, TestCourse } from '../../support/course.ts';
import { Learner } from '../../support/learner.ts';
import { TestServer } from '../../support/server.ts';
import { every, type Line, type Rival } from './rival.ts';
import { BareWebSocket } from './web-socket.ts';

export class Product implements Rival {
  readonly #server: TestServer;
  readonly #course: TestCourse;
  readonly #learners: Learner[] = [];
  /** Whose page is closed, so that another one takes over from nobody. */
  readonly #free: Learner[] = [];

  private constructor(server: TestServer, course: TestCourse) {
    this.#server = server;
    this.#course = course;
  }

  static async start(maxSandboxes: number): Promise<Product> {
    const course = new TestCourse({ '01-nothing': NOTHING });
    return new Product(
      await TestServer.start({ args: ['--max-sandboxes', String(maxSandboxes), ...course.args], stock: 1 }),
      course,
    );
  }

  get pid(): number {
    return this.#server.pid;
  }
  get server(): TestServer {
    return this.#server;
  }

  async prepare(lines: number): Promise<void> {
    while (this.#learners.length < lines) {
      const learner = new Learner(this.#server);
      await learner.open('nothing');
      this.#learners.push(learner);
      this.#free.push(learner);
    }
  }

  open(): Line {
    const learner = this.#free.shift();
    if (!learner) throw new Error('more lines than were prepared');
    const socket = new BareWebSocket({
      port: this.#server.port,
      path: routes.socket,
      headers: { Host: new URL(this.#server.url).host, Origin: this.#server.url, Cookie: learner.cookie },
    });
    const tell = (message: object) => socket.send(JSON.stringify(message));
    const line: Line = {
      onOutput: () => {},
      type: (keys) => socket.send(Buffer.from(keys)),
      parsed: every(ACK_BYTES, (bytes) => tell({ type: 'ack', bytes })),
      close: () => {
        this.#free.push(learner);
        socket.close();
      },
    };
    socket.onOpen = () =>
      tell({ type: 'hello', version: PROTOCOL_VERSION, terminal: null, cols: 100, rows: 30, lead: true });
    socket.onMessage = (data, binary) => binary && line.onOutput(data);
    return line;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    this.#course[Symbol.dispose]();
  }
}
