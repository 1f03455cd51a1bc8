// Output without end: what it costs the server, the program that prints it, and whoever types beside it.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { WINDOW_BYTES } from '../../protocol/limits.ts';
import { pause, percentile } from '../bench/figures.ts';
import { memoryMb, PROMPT, Shell, SLOW_PAGE_BYTES_PER_SECOND } from '../bench/terminal/measures.ts';
import { Product } from '../bench/terminal/product.ts';
import { Learner, until } from '../support/learner.ts';
import { BINARY, frame, HELLO, RawWebSocket } from '../support/raw-web-socket.ts';

const FLOOD = `yes $(printf '%01024d' 0)\r`;
const INTERRUPT = '\x03';
/** As many as one learner may have. */
const IDLE_PAGES = 15;
const READ_SECONDS = 5;
const TICKS_TO_COLLECT = 5;
/** Half a MiB of output, the frame that is being filled, and a picture of the screen. */
const HELD_MB = 4;

let product: Product;
let learner: Learner;
beforeAll(async () => {
  product = await Product.start(4);
  await product.prepare(2);
  learner = new Learner(product.server);
  await learner.open('nothing');
});
afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
});

it('comes whole on a page that is slower than the program', async () => {
  const shell = await Shell.open(product, SLOW_PAGE_BYTES_PER_SECOND);
  expect(await shell.listing(16)).toBeLessThan(11);
  await shell.leave(false);
});

it('is over at Ctrl-C after less than 1 MiB more', async () => {
  const shell = await Shell.open(product, SLOW_PAGE_BYTES_PER_SECOND);
  await shell.page.answers(FLOOD, '0000000\r\n');
  await pause(1000);
  let bytes = 0;
  shell.page.onParsed = ({ length }) => (bytes += length);
  await shell.page.answers(INTERRUPT, PROMPT);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(1_048_576);
  await shell.leave(false);
});

it('leaves typing in another sandbox as it is', async () => {
  const [flooded, typing] = [await Shell.open(product), await Shell.open(product)];
  let bytes = 0;
  flooded.page.onParsed = ({ length }) => (bytes += length);
  flooded.page.type(FLOOD);
  await until(() => bytes > 10_000_000, 'the flood');
  const times = await typing.echoes(300);
  expect(bytes).toBeGreaterThan(20_000_000);
  // 10 ms where the machine does nothing else; the tests share theirs.
  expect(percentile(times, 95)).toBeLessThan(30);
  await flooded.page.answers(INTERRUPT, PROMPT);
  for (const shell of [flooded, typing]) await shell.leave(false);
});

it.each([
  ['long lines', FLOOD],
  ['pieces that are much smaller than a frame', "while :; do printf '%05000d' 0; done\r"],
])('costs the server no more than 4 MB while a page parses nothing: %s', async (_, program) => {
  const warm = await Shell.open(product);
  warm.page.type(program);
  await pause(2000);
  await warm.page.answers(INTERRUPT, PROMPT);
  await warm.leave(false);

  const line = product.open();
  let received = 0;
  line.onOutput = ({ length }) => (received += length);
  await until(() => received > 0, 'the prompt');
  const before = await heldMb();
  line.type(program);
  await until(() => received > WINDOW_BYTES, 'the window to fill');
  await pause(3000);
  const stalled = received;
  expect(stalled).toBeLessThan(WINDOW_BYTES + 128 * 1024);
  // What was let go of is counted until it is collected.
  await expect.poll(async () => (await heldMb()) - before, { timeout: 20_000, interval: 250 }).toBeLessThan(HELD_MB);
  expect(received).toBe(stalled);
  line.parsed(stalled);
  await until(() => received > stalled, 'the program to go on');
  line.type(INTERRUPT);
  line.close();
});

it('costs the server no more than 4 MB while a page reads a byte a second', async () => {
  const { server } = product;
  const warm = await learner.terminal();
  warm.keeping = false;
  warm.type(FLOOD);
  await until(() => warm.next > 20_000_000, 'the flood');
  warm.type(INTERRUPT);
  warm.socket.terminate();
  const before = await settledMb();
  using slow = await RawWebSocket.open(server, learner.cookie);
  slow.send(HELLO, frame(BINARY, FLOOD));
  let most = 0;
  let peak = 0;
  const lately: number[] = [];
  for (let tick = 0; tick < READ_SECONDS * 10; tick++) {
    await pause(100);
    if (tick % 10 === 0) slow.socket.read(1);
    const held = (await heldMb()) - before;
    peak = Math.max(peak, held);
    lately.push(held);
    // What is let go of is counted until it is collected, which takes less than half a second: what stays is the least of it.
    if (lately.length === TICKS_TO_COLLECT) {
      most = Math.max(most, Math.min(...lately));
      lately.shift();
    }
  }
  expect(peak).toBeGreaterThan(WINDOW_BYTES / 4e6);
  expect(most).toBeLessThan(HELD_MB);
  slow.send(frame(BINARY, INTERRUPT));
});

it('costs the server no more than half a MB for each page that does nothing', async () => {
  const learner = new Learner(product.server);
  await learner.open('nothing');
  const open = () => Promise.all(Array.from({ length: IDLE_PAGES }, () => learner.terminal()));
  // What the first ones cost once, all share.
  for (const { socket } of await open()) socket.terminate();
  await pause(500);
  const before = memoryMb(product.pid);
  const pages = await open();
  await pause(500);
  const each = (memoryMb(product.pid) - before) / IDLE_PAGES;
  expect(each).toBeLessThan(0.5);
  for (const { socket } of pages) socket.terminate();
});

/**
 * What the server holds outside of its heap: output that waits for a page is there. What the process takes of the machine says less: it
 * goes up and down by more than all pages together, as memory is collected and threads come and go.
 */
async function heldMb(): Promise<number> {
  const text = await (await learner.get('/metrics')).text();
  return Number(/^slipway_nodejs_external_memory_bytes (\S+)$/m.exec(text)?.[1]) / 1e6;
}

/** The same without what waits to be collected: the least of some seconds. */
async function settledMb(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tick = 0; tick < 20; tick++) {
    least = Math.min(least, await heldMb());
    await pause(100);
  }
  return least;
}
