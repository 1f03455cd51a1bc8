// Output without end: what it costs the server, the program that prints it, and whoever types beside it.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { WINDOW_BYTES } from '../../protocol/limits.ts';
import { percentile } from '../bench/figures.ts';
import { memoryMb, PROMPT, pause, Shell, SLOW_PAGE_BYTES_PER_SECOND } from '../bench/terminal/measures.ts';
import { Product } from '../bench/terminal/product.ts';
import { until } from '../support/learner.ts';

const FLOOD = `yes $(printf '%01024d' 0)\r`;
const INTERRUPT = '\x03';

let product: Product;
beforeAll(async () => {
  product = await Product.start(3);
  await product.prepare(2);
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
  const before = memoryMb(product.pid);
  line.type(program);
  await until(() => received > WINDOW_BYTES, 'the window to fill');
  await pause(3000);
  const stalled = received;
  expect(stalled).toBeLessThan(WINDOW_BYTES + 128 * 1024);
  // The thread that keeps a screen, one for all terminals, comes when they are quiet, and goes.
  await expect.poll(() => memoryMb(product.pid) - before, { timeout: 20_000, interval: 250 }).toBeLessThan(4);
  expect(received).toBe(stalled);
  line.parsed(stalled);
  await until(() => received > stalled, 'the program to go on');
  line.type(INTERRUPT);
  line.close();
});
