// `npm run bench -- web`: how large the page is, and how soon and how calmly it is there, in a real browser on loopback with a
// computer from the warm stock; again with the browser's processor four times as slow.

import type { EntryType } from 'node:perf_hooks';
import { type Browser, chromium, type Page } from '@playwright/test';
import { ensurePage } from '../../server/http/page.ts';
import { createProgress } from '../../server/progress.ts';
import { pageSizes } from '../support/page-sizes.ts';
import { TestServer } from '../support/server.ts';
import { median } from './figures.ts';

export interface WebBenchOptions {
  json: boolean;
  samples?: number;
}

interface Times {
  firstPaintMs: number;
  promptReadyMs: number;
  layoutShift: number;
  longestTaskMs: number;
}

const LESSON = '/lessons/the-round-trip';
const SLOWNESS = 4;
const DEADLINE_MS = 60_000;
/** Ten layers of three megabytes that no other image has. */
const TEN_LAYERS = [
  'mkdir -p ten && cd ten && for i in 0 1 2 3 4 5 6 7 8 9; do head -c 3000000 /dev/urandom > $i; done',
  '(echo FROM scratch; for i in 0 1 2 3 4 5 6 7 8 9; do echo COPY $i /; done) > Dockerfile',
  'docker build -q -t localhost:5000/ten:1 . && cd && echo bui""lt',
].join(' && ');

export async function benchWeb({ json, samples = 5 }: WebBenchOptions): Promise<void> {
  await ensurePage(createProgress());
  await using server = await TestServer.start({ args: ['--max-sandboxes', '40'] });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    // The first one starts what is started once: the server's own caches and the browser's processes.
    await visit(browser, server, 1, false);
    const plain = await several(browser, server, 1, samples);
    const sizes = pageSizes();
    if (json) return console.log(JSON.stringify({ ...sizes, ...plain }));
    const slow = await several(browser, server, SLOWNESS, samples);
    console.log(`first load ${sizes.initialKbGzip} kB, in all ${sizes.totalKbGzip} kB (gzip; budget 150 and 300)`);
    console.log(line('as it is', plain));
    console.log(line(`${SLOWNESS} × slower`, slow));
  } finally {
    await browser.close();
  }
}

async function several(browser: Browser, server: TestServer, slowness: number, samples: number): Promise<Times> {
  const all: Times[] = [];
  for (let n = 0; n < samples; n++) all.push(await visit(browser, server, slowness, n === 0));
  const of = (name: keyof Times) => all.map((times) => times[name]);
  return {
    firstPaintMs: Math.round(median(of('firstPaintMs'))),
    promptReadyMs: Math.round(median(of('promptReadyMs'))),
    layoutShift: Math.round(Math.max(...of('layoutShift')) * 10_000) / 10_000,
    longestTaskMs: Math.round(Math.max(...of('longestTaskMs'))),
  };
}

/** A learner who was never here comes to a lesson; `pushes`: and pushes ten layers while the map is open. */
async function visit(browser: Browser, server: TestServer, slowness: number, pushes: boolean): Promise<Times> {
  await stocked(server);
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  try {
    const page = await context.newPage();
    const devTools = await context.newCDPSession(page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
    await page.addInitScript(watch);
    await page.goto(server.url + LESSON);
    const told = async () => (await page.evaluate('bench')) as Times;
    await until('the prompt', async () => (await told()).promptReadyMs > 0);
    if (pushes) await pushTen(page);
    return await told();
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
}

async function run(page: Page, command: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.insertText(command);
  await page.keyboard.press('Enter');
}

/** A computer is warm, so that none is waited for. */
const stocked = (server: TestServer): Promise<void> =>
  until('a warm computer', async () => {
    const { pool } = (await (await fetch(`${server.url}/readyz`)).json()) as { pool: boolean };
    return pool;
  });

/** The page's content security policy refuses playwright's own waiting. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; ) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
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
  const frame = (globalThis as unknown as { requestAnimationFrame(call: (ms: number) => void): void })
    .requestAnimationFrame;
  const look = (atMs: number) => {
    // What stood there when this frame began has been painted.
    if (bench.firstPaintMs === 0 && page.querySelector('.lesson-head h1')) frame((ms) => (bench.firstPaintMs ||= ms));
    if (bench.promptReadyMs === 0 && page.querySelector('.xterm')?.textContent.includes('root@slipway'))
      bench.promptReadyMs = atMs;
    if (bench.promptReadyMs === 0 || bench.firstPaintMs === 0) frame(look);
  };
  frame(look);
}

function line(name: string, times: Times): string {
  return (
    `${name.padEnd(12)} lesson painted ${times.firstPaintMs} ms, prompt ${times.promptReadyMs} ms, ` +
    `layout shift ${times.layoutShift}, longest task ${times.longestTaskMs} ms`
  );
}
