// `npm run bench -- web`: how large the page is, how soon and how calmly it is there, and whether it stays fluent while ten layers
// are pushed: in a real browser on loopback with a computer from the warm stock; again with the browser's processor four times as
// slow. docs/performance.md says what each figure is.

import type { EntryType } from 'node:perf_hooks';
import { type Browser, chromium, type Page } from '@playwright/test';
import { ensurePage } from '../../server/http/page.ts';
import { createProgress } from '../../server/progress.ts';
import { pageSizes } from '../support/page-sizes.ts';
import { TestServer } from '../support/server.ts';
import { median, pause } from './figures.ts';
import { Stock } from './stock.ts';

export interface WebBenchOptions {
  json: boolean;
  samples?: number;
}

interface Times {
  firstPaintMs: number;
  promptReadyMs: number;
  layoutShift: number;
  /** While ten layers are pushed. */
  longestTaskMs: number;
  /** Until then. */
  longestOfLoadMs: number;
}

const LESSON = '/lessons/the-round-trip';
const SLOWNESS = 4;
const DEADLINE_MS = 60_000;
/** An empty tab is at rest by then, as that of a person is who types an address: the browser starts processes for it. */
const TAB_AT_REST_MS = 1_500;
/** Ten layers of three megabytes that no other image has. */
const TEN_LAYERS = [
  'mkdir -p ten && cd ten && for i in 0 1 2 3 4 5 6 7 8 9; do head -c 3000000 /dev/urandom > $i; done',
  '(echo FROM scratch; for i in 0 1 2 3 4 5 6 7 8 9; do echo COPY $i /; done) > Dockerfile',
  'docker build -q -t localhost:5000/ten:1 . && cd && echo bui""lt',
].join(' && ');

export async function benchWeb({ json, samples = 5 }: WebBenchOptions): Promise<void> {
  await ensurePage(createProgress());
  await using server = await TestServer.start({ args: ['--max-sandboxes', '40'], stock: 1 });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  const stock = new Stock(server);
  let visits = 0;
  const visit = async (slowness: number): Promise<Times> => {
    visits += 1;
    await stock.complete(visits);
    return visitOf(browser, server, slowness);
  };
  try {
    // The first one starts what is started once: the server's own caches and the browser's processes.
    await visit(1);
    const plain = await several(samples, () => visit(1));
    const { longestOfLoadMs: _, ...figures } = plain;
    if (json) return console.log(JSON.stringify({ ...pageSizes(), ...figures }));
    const slow = await several(samples, () => visit(SLOWNESS));
    const { initialKbGzip, totalKbGzip } = pageSizes();
    console.log(`first load ${initialKbGzip} kB, in all ${totalKbGzip} kB (gzip; budget 150 and 300)`);
    console.log(line('as it is', plain));
    console.log(line(`${SLOWNESS} × slower`, slow));
  } finally {
    await browser.close();
  }
}

/** Times: the median; what must never be: the worst. */
async function several(samples: number, visit: () => Promise<Times>): Promise<Times> {
  const all: Times[] = [];
  for (let n = 0; n < samples; n++) all.push(await visit());
  const of = (name: keyof Times) => all.map((times) => times[name]);
  return {
    firstPaintMs: Math.round(median(of('firstPaintMs'))),
    promptReadyMs: Math.round(median(of('promptReadyMs'))),
    layoutShift: Math.round(Math.max(...of('layoutShift')) * 10_000) / 10_000,
    longestTaskMs: Math.round(Math.max(...of('longestTaskMs'))),
    longestOfLoadMs: Math.round(Math.max(...of('longestOfLoadMs'))),
  };
}

/** A learner who was never here comes to a lesson, and pushes ten layers while the map is open. */
async function visitOf(browser: Browser, server: TestServer, slowness: number): Promise<Times> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  try {
    const page = await context.newPage();
    const devTools = await context.newCDPSession(page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
    await page.addInitScript(watch);
    await pause(TAB_AT_REST_MS);
    await page.goto(server.url + LESSON, { waitUntil: 'commit' });
    const told = async () => (await page.evaluate('bench')) as Times;
    await until('the prompt', async () => (await told()).promptReadyMs > 0);
    const { longestTaskMs: longestOfLoadMs } = await told();
    await pushTen(page);
    return { ...(await told()), longestOfLoadMs };
  } finally {
    await context.close();
  }
}

async function pushTen(page: Page): Promise<void> {
  await page.locator('.map-picture').waitFor({ timeout: DEADLINE_MS });
  await run(page, TEN_LAYERS);
  await page.locator('.xterm', { hasText: /^(?!.*bui""lt$).*built/s }).waitFor({ timeout: DEADLINE_MS });
  await page.locator('.map-label', { hasText: 'ten:1' }).first().waitFor({ timeout: DEADLINE_MS });
  await page.evaluate('bench.longestTaskMs = 0');
  await run(page, 'docker push localhost:5000/ten:1');
  await page.locator('.map-transfer', { hasText: 'Pushed to localhost:5000/ten' }).waitFor({ timeout: DEADLINE_MS });
  await page.locator('[data-side="registry"]').first().waitFor({ timeout: DEADLINE_MS });
  // Until what came to the map is at rest.
  await pause(1_000);
}

async function run(page: Page, command: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.insertText(command);
  await page.keyboard.press('Enter');
}

/** The page's content security policy refuses playwright's own waiting. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; ) {
    if (await isSo()) return;
    await pause(100);
  }
  throw new Error(`${what} did not come in time`);
}

/** Runs in the page, before anything of it. The browser tells no task below 50 ms: then `longestTaskMs` is 0. */
function watch(): void {
  const bench = { firstPaintMs: 0, promptReadyMs: 0, layoutShift: 0, longestTaskMs: 0 };
  Object.assign(globalThis, { bench });
  const page = (
    globalThis as unknown as { document: { querySelector(selector: string): { textContent: string } | null } }
  ).document;
  const each = (
    type: EntryType,
    take: (entry: PerformanceEntry & { value?: number; hadRecentInput?: boolean }) => void,
  ) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  // As browsers tell it: the largest sum of a window of five seconds at most, which a second of calm ends.
  let [beganMs, lastMs, sum] = [0, 0, 0];
  each('layout-shift' as EntryType, ({ value = 0, hadRecentInput, startTime }) => {
    if (hadRecentInput) return;
    if (startTime - lastMs > 1000 || startTime - beganMs > 5000) [beganMs, sum] = [startTime, 0];
    lastMs = startTime;
    sum += value;
    bench.layoutShift = Math.max(bench.layoutShift, sum);
  });
  each('longtask' as EntryType, ({ duration }) => {
    bench.longestTaskMs = Math.max(bench.longestTaskMs, duration);
  });
  const frame = (globalThis as unknown as { requestAnimationFrame(call: () => void): void }).requestAnimationFrame;
  /** When what stands in the document now has been painted: what is posted in a frame comes after its painting. */
  const painted = (name: 'firstPaintMs' | 'promptReadyMs') => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      bench[name] = performance.now();
    };
    port2.postMessage(null);
  };
  const waited = new Map([
    ['firstPaintMs', () => page.querySelector('.lesson-head h1') !== null],
    ['promptReadyMs', () => page.querySelector('.xterm')?.textContent.includes('root@slipway') === true],
  ] as const);
  const look = () => {
    for (const [name, isThere] of waited) {
      if (!isThere()) continue;
      waited.delete(name);
      painted(name);
    }
    if (waited.size > 0) frame(look);
  };
  frame(look);
}

function line(name: string, times: Times): string {
  return (
    `${name.padEnd(12)} lesson painted ${times.firstPaintMs} ms, prompt ${times.promptReadyMs} ms, ` +
    `layout shift ${times.layoutShift}, longest task of a push ${times.longestTaskMs} ms (of the load ${times.longestOfLoadMs} ms)`
  );
}
