// One terminal on two devices: the same shell, its output on both, keys from both, and the size of the one where something was typed last.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { closeCodes, PROTOCOL_VERSION } from '../../protocol/socket.ts';
import { NOTHING, TestCourse } from '../support/course.ts';
import { Learner, until } from '../support/learner.ts';
import { Line } from '../support/line.ts';
import { Page } from '../support/page.ts';
import { frame, HELLO, RawWebSocket, TEXT } from '../support/raw-web-socket.ts';
import { TestServer } from '../support/server.ts';
import { begin, onTop, Uncut } from '../support/uncut.ts';

const LESSON = 'nothing';
const PHONE = { cols: 57, rows: 21 };
/** More than stands anywhere between a program and a page that reads nothing: the holder's ring, the window, the network. */
const MUCH = 24_000_000;

let server: TestServer;
const course = new TestCourse({ '01-nothing': NOTHING });

beforeAll(async () => {
  server = await TestServer.start({ args: ['--max-sandboxes', '4', ...course.args], stock: 4 });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
});

it.concurrent('shows the same on both, takes keys of both, and has the size of the one that typed last', async () => {
  const { learner, dir } = await begin(server, LESSON);
  using uncut = await Uncut.of(dir);
  await using line = await Line.to(server);
  using desk = await Page.open(server.url, learner.cookie);
  await desk.ready();
  using phone = await Page.open(line.url, learner.cookie, PHONE);
  await phone.ready();
  const sizeIs = async (cols: number, rows: number, asker: Page) => {
    const from = uncut.length;
    asker.type('stty size\r');
    await until(() => uncut.has(`\x07${rows} ${cols}\r`, from), `a size of ${cols} × ${rows}`);
    for (const page of [desk, phone]) await until(() => page.screen.size.cols === cols, 'the same size on both');
  };
  const isSame = async (page: Page) => {
    // What was read may not have been drawn: both may show what was before.
    await uncut.drawn();
    const pictures = () => [page, uncut].map(({ screen }) => onTop(screen.picture(0)));
    const same = until(() => pictures()[0] === pictures()[1], 'the same screen');
    await same.catch(() => expect(pictures()[0]).toBe(pictures()[1]));
    expect([page.missed, page.cleared]).toEqual([0, 0]);
  };
  // Who comes last leads, then whoever types.
  await sizeIs(PHONE.cols, PHONE.rows, phone);
  await until(() => desk.follows && !phone.follows, 'the phone to lead');
  desk.type('echo from the de""sk and ');
  await uncut.reads('sk and ');
  await until(() => !desk.follows && phone.follows, 'the desk to lead');
  phone.type('the ph""one\r');
  for (const page of [desk, phone]) await page.shows('from the desk and the phone');

  // Nothing is lost where both type at once.
  desk.type(': of the de""sk\r');
  phone.type(': of the ph""one\r');
  for (const typed of ['of the de', 'of the ph']) await uncut.reads(typed);

  // What has the whole screen is drawn for the size it has, and is seen whole on both.
  desk.type('seq -f "line %.0f $(printf \'ü日%.0s\' {1..15})" 500 > /tmp/text; less /tmp/text\r');
  // All of the screen: what is drawn for the old size when the new one is there already is drawn differently.
  await uncut.reads('line 29 ');
  for (const page of [desk, phone]) await isSame(page);
  phone.type(' ');
  await until(() => desk.screen.size.cols === PHONE.cols, 'the phone’s size');
  for (const page of [desk, phone]) await isSame(page);
  phone.type('G');
  await uncut.reads('line 500');
  for (const page of [desk, phone]) await isSame(page);
  phone.type('q');

  // A line that comes back changes nothing, a device that goes does.
  desk.type(': back\r');
  await until(() => phone.follows, 'the phone to follow');
  line.cut();
  await until(() => phone.state.state === 'lost', 'the phone to know');
  await phone.ready();
  await until(() => !desk.follows && phone.follows, 'the desk to lead');
  await sizeIs(100, 30, desk);
  desk[Symbol.dispose]();
  await until(() => !phone.follows, 'the phone to lead');
  phone.type('stty size\r');
  await phone.shows(`\x07${PHONE.rows} ${PHONE.cols}\r`);
});

it.concurrent('ends on both at once, and is not begun again by either', async () => {
  const learner = new Learner(server);
  await learner.open(LESSON);
  const first = await learner.terminal();
  await first.shows('#');
  const shells = async () => {
    first.output = '';
    first.type('pgrep -c -x bash\r');
    await first.shows(/\x07\d+\r\n/);
    return Number(/\x07(\d+)\r\n/.exec(first.output)?.[1]);
  };
  const before = await shells();
  await learner.post(routes.terminals);
  const both = [await learner.terminal(null, 1), await learner.terminal(null, 1)];
  await both[1]?.shows('#');
  expect(await shells()).toBe(before + 1);
  both[0]?.type('exit\r');
  for (const one of both) await until(() => one.closeCode === closeCodes.noTerminal, 'its end');
  expect((await learner.session()).terminals).toEqual([0]);
  expect(await shells()).toBe(before);
  first.socket.terminate();
});

it.concurrent('is as fast for the one that leads, whatever the other does', async () => {
  const { learner } = await begin(server, LESSON);
  // It said hello, and reads nothing.
  using asleep = await RawWebSocket.open(server, learner.cookie);
  asleep.send(HELLO);
  const owner = await learner.terminal();
  owner.keeping = false;
  owner.type(`head -c ${MUCH} /dev/zero | tr '\\0' x; echo\r`);
  await until(() => owner.next > MUCH, 'all of it');
  expect(owner.missed).toBe(0);
  expect(owner.messages.filter(({ type }) => type === 'gap')).toEqual([]);
  // It wakes: what is left comes, after word of what is gone.
  let told = '';
  asleep.socket.on('data', (bytes: Buffer) => {
    told += bytes.toString('latin1').replaceAll(/x{100,}/g, '');
    asleep.send(frame(TEXT, JSON.stringify({ type: 'ack', bytes: bytes.length })));
  });
  asleep.socket.resume();
  await until(() => /"type":"gap","missed":\d{7,}/.test(told), 'the gap');
  owner.socket.terminate();
});

it.concurrent('types what comes right after the hello, before the shell is there', async () => {
  const learner = new Learner(server);
  await learner.open(LESSON);
  const { id, next, socket } = await learner.terminal();
  socket.terminate();
  const early = learner.socket();
  let output = '';
  early.on('message', (data: Buffer, binary: boolean) => (output += binary ? data.toString() : ''));
  early.on('open', () => {
    early.send(
      JSON.stringify({
        type: 'hello',
        version: PROTOCOL_VERSION,
        terminal: { id, from: next },
        cols: 100,
        rows: 30,
        lead: true,
      }),
    );
    for (const key of 'echo ear""ly\r') early.send(Buffer.from(key));
  });
  await until(() => output.includes('early\r'), 'what was typed');
  early.terminate();
});
