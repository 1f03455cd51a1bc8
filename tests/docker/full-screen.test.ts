// Programs that have the whole screen (less, nano, top) while the line is cut, the server killed, the page loaded anew or opened on
// another device: the same program, and a screen as if nothing had happened; after it, what was there before.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOTHING, TestCourse } from '../support/course.ts';
import { type Learner, until } from '../support/learner.ts';
import { Line } from '../support/line.ts';
import { Page } from '../support/page.ts';
import { TestServer } from '../support/server.ts';
import { begin, OTHER_SCREEN, onTop, Uncut } from '../support/uncut.ts';

/** `npm run soak` sets it. */
const CUTS = process.env.SLIPWAY_SOAK === '1' ? 100 : 10;
const MOST_BETWEEN_CUTS = 3000;
const PROMPT = '\x1b]633;B;';
const PHONE = { cols: 57, rows: 21 };
const LESSON = 'nothing';
const RING_BYTES = 4 << 20;
const KEPT = 300;

interface Program {
  start: string;
  /** Each draws something. */
  keys: readonly string[];
  leave: string;
  /** What is seen of it as long as it runs. */
  sign: string;
  hasOtherScreen: boolean;
}
const PROGRAMS: Readonly<Record<string, Program>> = {
  less: {
    start: 'less -M /tmp/text\r',
    keys: [' ', 'j', 'j', 'd', 'b', 'k', 'u', 'G', 'g', '/line 3\r', 'n', '\x0c'],
    leave: 'q',
    sign: '/tmp/text lines',
    hasOtherScreen: true,
  },
  nano: {
    start: 'nano /tmp/text\r',
    keys: ['ü', '日', 'x', '\x1b[B', '\x16', '\x19', '\x0b', '\x15', '\x7f', '\r', '\x05', '\x0c'],
    leave: '\x18n',
    sign: 'GNU nano',
    hasOtherScreen: true,
  },
  top: {
    start: 'top -d 0.3\r',
    keys: ['t', 'm', '1', 'c', 'z', 'b', 'x', ' '],
    leave: 'q',
    sign: 'load average',
    hasOtherScreen: false,
  },
};

let server: TestServer;
let places: { learner: Learner; dir: string }[];
const course = new TestCourse({ '01-nothing': NOTHING });

beforeAll(async () => {
  server = await TestServer.start({ args: ['--max-sandboxes', '4', ...course.args], stock: 4 });
  places = await Promise.all(Array.from({ length: 4 }, () => begin(server, LESSON)));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
});

/** A program, begun at a prompt with a title and much above it, and all that it prints. */
class Run implements Disposable {
  readonly program: Program;
  readonly learner: Learner;
  readonly uncut: Uncut;
  page: Page;

  private constructor(program: Program, learner: Learner, uncut: Uncut, page: Page) {
    this.program = program;
    this.learner = learner;
    this.uncut = uncut;
    this.page = page;
  }

  static async begin(
    name: string,
    place: { learner: Learner; dir: string } | undefined,
    url = server.url,
  ): Promise<Run> {
    const program = PROGRAMS[name];
    if (!program || !place) throw new Error(name);
    const page = await Page.open(url, place.learner.cookie);
    const run = new Run(program, place.learner, await Uncut.of(place.dir), page);
    await page.ready();
    page.type(
      `seq -f "line %.0f $(printf 'ü日%.0s' {1..15})" 5000 > /tmp/text; printf '\\e]2;title\\a'; clear; seq -f "kept %.0f" ${KEPT}; echo re""ady\r`,
    );
    await page.shows('ready');
    page.type(program.start);
    await run.runs();
    return run;
  }

  /** It is there, on its own screen, and the page shows it as who never was away. */
  async runs(): Promise<void> {
    const seen = () => {
      const picture = this.page.screen.picture(0);
      return picture.includes(this.program.sign) && onTop(picture) === onTop(this.uncut.screen.picture(0));
    };
    await until(() => this.page.state.state === 'ready' && seen(), `${this.program.sign} as it is`);
    expect(this.page.screen.picture(0).includes(OTHER_SCREEN)).toBe(this.program.hasOtherScreen);
  }

  async openAnew(url = server.url, size?: { cols: number; rows: number }): Promise<void> {
    this.page[Symbol.dispose]();
    this.page = await Page.open(url, this.learner.cookie, size);
    await this.page.ready();
    await this.runs();
  }

  /** After it all is as before, and what was shown above is there once. */
  async leave(): Promise<void> {
    const { page, program, uncut } = this;
    const from = uncut.length;
    page.type(program.leave);
    await until(() => uncut.has(PROMPT, from), 'the prompt');
    await uncut.drawn();
    await until(() => page.screen.picture(0) === uncut.screen.picture(0), 'the same screen and modes');
    expect(page.screen.picture()).not.toContain(OTHER_SCREEN);
    // What has no screen of its own has written over the last of them.
    const kept = keptLines(page);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => n + 1));
    expect(kept.length).toBeGreaterThanOrEqual(program.hasOtherScreen ? KEPT : KEPT - 30);
  }

  [Symbol.dispose](): void {
    this.page[Symbol.dispose]();
    this.uncut[Symbol.dispose]();
  }
}

const keptLines = (page: Page) => [...page.screen.picture().matchAll(/kept (\d+)\r?\n/g)].map(([, n]) => Number(n));

it(`show the same after ${CUTS} cuts, a killed server, a reload and another device, and leave what was before`, async () => {
  const lines = await Promise.all(places.map(() => Line.to(server)));
  const runs = await Promise.all(Object.keys(PROGRAMS).map((name, n) => Run.begin(name, places[n], lines[n]?.url)));
  await Promise.all(
    runs.map(async (run, n) => {
      const { keys } = run.program;
      const line = lines[n] as Line;
      let typed = 0;
      line.cutAfter = () => 1 + Math.floor(Math.random() * MOST_BETWEEN_CUTS);
      line.cut();
      const isCutOften = () => {
        if (run.page.state.state === 'ready') run.page.type(keys[typed++ % keys.length] ?? '');
        return line.cuts >= CUTS;
      };
      await until(isCutOften, `${CUTS} cuts`, 30_000 + CUTS * 2000);
      line.cutAfter = () => Number.POSITIVE_INFINITY;
      line.cut();
      await run.runs();
      expect([run.page.missed, run.page.cleared]).toEqual([0, 0]);
      expect(Buffer.concat(run.page.output).equals(run.uncut.bytes)).toBe(true);
    }),
  );

  await server.end('SIGKILL');
  await until(() => runs.every(({ page }) => page.state.state === 'lost'), 'the pages to know');
  await server.start();
  await Promise.all(runs.map((run) => run.runs()));
  await Promise.all(
    runs.map(async (run) => {
      await run.openAnew();
      await run.leave();
      run.page.type(run.program.start);
      await run.runs();
      await run.openAnew(server.url, PHONE);
      await run.openAnew(server.url);
      await run.leave();
      run[Symbol.dispose]();
    }),
  );
  await Promise.all(lines.map((line) => line[Symbol.asyncDispose]()));
});

it('goes on where its beginning has left the ring, over what was there before it', async () => {
  const place = places[3];
  using run = await Run.begin('less', place);
  const before = run.uncut.length;
  // No faster than it can be read.
  while (run.uncut.length - before < RING_BYTES + (1 << 20)) {
    const { length } = run.uncut;
    run.page.type('\x0c'.repeat(60));
    await until(() => run.uncut.length > length, 'more');
    await delay(50);
  }
  await until(() => existsSync(join(place?.dir ?? '', 'screen.json')), 'the kept screen');
  await run.runs();
  await run.openAnew();
  expect(run.page.missed).toBeGreaterThan(1 << 20);
  await run.leave();
});
