// The main job in a real browser: the round trip typed on the keyboard, with a reload in the middle, and starting again.

import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { loadLessons } from '../../server/lessons/load.ts';
import { percentile } from '../bench/figures.ts';
import { answerRight } from './answers.ts';
import { expect, step, test } from './slipway.ts';

const lessons = loadLessons('lessons');
const roundTrip = lessons.get('the-round-trip');

test('the round trip, typed to its end, reloaded in the middle', async ({ page, server, terminal }) => {
  await page.goto(server.url);
  await page.getByRole('heading', { name: roundTrip.title }).getByRole('link').click();
  await terminal.ready();
  // What is typed while the computer is prepared is no part of the lesson.
  await expect(page.locator('.terminal-status')).toHaveAttribute('data-look', 'ready', { timeout: 60_000 });
  const half = Math.floor(roundTrip.steps.length / 2);
  for (const [index, lessonStep] of roundTrip.steps.entries()) {
    const { id, solution } = lessonStep;
    await expect(step(page, id)).toHaveAttribute('data-state', 'current', { timeout: 30_000 });
    if (index === half) {
      await page.reload();
      await terminal.ready();
      await expect(step(page, id)).toHaveAttribute('data-state', 'current');
    }
    for (const command of solution) await terminal.run(command);
    await answerRight(page, lessonStep);
    await expect(step(page, id)).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
  }
  await expect(page.locator('[data-step][data-state="passed"]')).toHaveCount(roundTrip.steps.length);

  // What was done, in the learner's own words; the course as a whole is not done yet.
  await page.reload();
  const end = page.locator('.lesson-end');
  for (const command of [roundTrip.steps[0], roundTrip.steps[2]].flatMap((one) => one?.solution.slice(-1) ?? []))
    await expect(end).toContainText(command);
  await expect(end.getByTitle(/^sha256:[0-9a-f]{64}$/).first()).toBeVisible();
  await page.goto(`${server.url}/certificate`);
  const main = page.getByRole('main');
  await expect(main).toContainText('still have steps to do');
  await expect(main.getByRole('link', { name: roundTrip.title })).toHaveCount(0);
  await expect(main.getByRole('link', { name: lessons.all[0]?.title ?? '' })).toBeVisible();
});

test('a wrong command is named, a step can be skipped, and starting again begins anew', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(`${server.url}/lessons/${roundTrip.slug}`);
  await terminal.ready();
  const [first] = roundTrip.steps;
  if (!first) throw new Error('no step');
  await terminal.run('docker pull ngnix');
  await expect(step(page, first.id)).toContainText('ngnix');
  await step(page, first.id).getByRole('button', { name: /skip/i }).click();
  await expect(step(page, first.id)).toHaveAttribute('data-state', 'skipped');
  await terminal.run('echo this shell goes away');
  await page
    .getByRole('button', { name: /start again/i })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /start again/i })
    .click();
  await expect(step(page, first.id)).toHaveAttribute('data-state', 'current', { timeout: 30_000 });
  await terminal.ready();
});

test('on a phone, what is said of a mistake comes into view, and leads to the lesson', async ({
  page,
  server,
  terminal,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.url}/lessons/ask-the-registry`);
  await terminal.ready();
  const strip = page.locator('.verdict-strip');
  await terminal.run('curl http://localhost:5000/_catalog');
  await expect(strip).toContainText('/v2/');
  await expect(strip).toBeInViewport({ ratio: 1 });
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await expect(page.locator('#lesson')).not.toBeVisible();
  await strip.getByRole('button', { name: 'To the lesson' }).click();
  await expect(step(page, 'list-the-repositories').locator('.verdict-words')).toBeInViewport({ ratio: 1 });
  await expect(strip).toBeEmpty();
});

test('a command that is run by a click meets neither half a line nor a program that asks', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(`${server.url}/lessons/what-is-a-registry`);
  await terminal.ready();
  const first = step(page, 'list-the-images-you-have');
  const run = first.getByRole('button', { name: /^Run in the terminal: docker images/ });
  await terminal.run('read -p "Your name: " name');
  await expect(page.locator('.xterm')).toContainText('Your name:');
  await run.click();
  await expect(first.locator('.command-note')).toContainText('Nothing was typed');
  await page.keyboard.type('me');
  await page.keyboard.press('Enter');
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('rm -rf half typed');
  await expect(page.locator('.xterm')).toContainText('half typed');
  await run.click();
  await expect(first).toHaveAttribute('data-state', 'passed');
  await expect(first.locator('.command-note')).toHaveCount(0);
});

test('the server is killed and comes back: the page, its shell and its steps are as they were', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(`${server.url}/lessons/${roundTrip.slug}`);
  await terminal.ready();
  const [first, second] = roundTrip.steps;
  await terminal.run(`kept=yes; ${first?.solution[0]}`);
  await expect(step(page, first?.id ?? '')).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
  await server.end('SIGKILL');
  await expect(page.locator('[data-terminal]')).toHaveAttribute('data-terminal', 'lost');
  await server.start();
  await terminal.ready();
  await expect(step(page, first?.id ?? '')).toHaveAttribute('data-state', 'passed');
  await terminal.run(`test "$kept" = yes && ${second?.solution[0]}`);
  if (second) await answerRight(page, second);
  await expect(step(page, second?.id ?? '')).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
});

test('two browsers have two computers', async ({ browser, server }) => {
  const hosts: string[] = [];
  for (const _ of [1, 2]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/lessons/${roundTrip.slug}`);
    await expect(page.locator('[data-terminal]')).toHaveAttribute('data-terminal', 'ready', { timeout: 30_000 });
    const cookie = (await context.cookies()).find(({ name }) => name === 'slipway_session');
    expect(cookie).toMatchObject({ httpOnly: true });
    hosts.push(cookie?.value ?? '');
    await context.close();
  }
  expect(hosts[0]).not.toBe(hosts[1]);
});

for (const [name, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`no axe violation and nothing beyond the edge, ${name}, light and dark`, async ({ page, server, terminal }) => {
    await page.setViewportSize(viewport);
    for (const path of ['/', `/lessons/${roundTrip.slug}`, '/lessons/none']) {
      await page.goto(server.url + path);
      if (path.endsWith(roundTrip.slug)) await terminal.ready();
      else await expect(page.getByRole('heading').first()).toBeVisible();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // A colour on its way to another one is none that anybody reads.
        await page.evaluate('document.getAnimations().forEach((animation) => void animation.cancel())');
        const axe = new AxeBuilder({ page });
        // Nothing but its colours is another page in the dark.
        const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow).toBeLessThanOrEqual(0);
      }
    }
  });
}

test('yes for 10 seconds leaves the page responsive and the server small', async ({ page, server, terminal }) => {
  // A server that has not just filled the hub: what that took would hide what this takes.
  await server.end('SIGINT');
  await server.start();
  await page.goto(`${server.url}/lessons/${roundTrip.slug}`);
  await terminal.ready();
  const frameMs: number[] = [];
  /** The most that the server holds meanwhile, in MB. */
  const flood = async (seconds: number): Promise<number> => {
    await terminal.run(`timeout ${seconds} yes`);
    let most = 0;
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      const asked = Date.now();
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
      frameMs.push(Date.now() - asked);
      most = Math.max(most, rssMb(server.pid));
      await page.waitForTimeout(250);
    }
    await expect(page.locator('.terminal-view').first()).toContainText('~#');
    return most;
  };
  // With the thread that keeps a screen, which there is one of for all terminals.
  const before = await flood(5);
  const most = await flood(10);
  expect(most - before).toBeLessThan(20);
  // Not each of them: others are at work on this computer.
  expect(percentile(frameMs, 80)).toBeLessThan(1_000);
  expect(frameMs.length).toBeGreaterThan(10);
});

function rssMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
