// The terminal when its line is cut: what the page says, when it tries again, and what becomes of typed keys.

import type { Page } from '@playwright/test';
import { expect, test } from './slipway.ts';
import { isClean, mark, menu, notice, open } from './terminal-page.ts';

/** For the page, a moment from now; where that has gone by meanwhile, another one. */
async function stopClock(page: Page): Promise<void> {
  await expect(async () => {
    await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 500);
  }).toPass({ timeout: 30_000 });
}

test('what is typed while the line is away arrives once, in time, or is refused', async ({
  page,
  server,
  terminal,
  context,
}) => {
  await page.clock.install();
  await open(page, server.url, terminal);
  const banner = page.locator('.terminal-banner');
  await terminal.run('seq 9; echo fi""rst');
  await expect(mark(page, /^seq 9/)).toHaveAttribute('data-end', 'well');

  const comeBack = async () => {
    await context.setOffline(true);
    await context.setOffline(false);
    await expect(page.locator('[data-terminal]')).toHaveAttribute('data-terminal', 'ready');
  };
  await server.end('SIGKILL');
  await expect(banner).toContainText('Disconnected. Trying again');
  await mark(page, /^seq 9/).click();
  await menu(page).getByRole('menuitem', { name: 'Run again' }).click();
  await expect(notice(page)).toContainText('Nothing was typed: the connection');
  await terminal.run('echo ke""pt');
  await expect(banner).toContainText('is sent if the connection is back within 10 seconds');
  // However long the server takes here, for the page it is soon.
  await stopClock(page);
  await server.start();
  await page.clock.resume();
  await comeBack();
  await expect(mark(page, /^echo ke""pt: exit code 0/)).toHaveCount(1);
  await expect(banner).toHaveAttribute('data-empty', 'true');

  await server.end('SIGKILL');
  await expect(banner).toContainText('Disconnected');
  await terminal.run('echo too late');
  await expect(banner).toContainText('is sent if the connection is back within 10 seconds');
  await isClean(page);
  await page.clock.fastForward(11_000);
  await expect(banner).toContainText('What you typed was not sent');
  await server.start();
  await comeBack();
  await terminal.run('echo in time');
  await expect(mark(page, /^echo in time: exit code 0/)).toBeVisible();
  await expect(mark(page, /^echo too late/)).toHaveCount(0);
});

test('it is tried again later and later, and at once when the network or the page is back', async ({
  page,
  server,
  terminal,
  context,
}) => {
  let tries = 0;
  page.on('websocket', () => (tries += 1));
  await page.clock.install();
  await open(page, server.url, terminal);
  const banner = page.locator('.terminal-banner');
  const visible = (state: 'hidden' | 'visible') =>
    page.evaluate(`{
      Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
  for (const comeBack of [
    async () => {
      await context.setOffline(true);
      await context.setOffline(false);
    },
    async () => {
      await visible('hidden');
      await visible('visible');
    },
  ]) {
    await stopClock(page);
    await server.end('SIGKILL');
    const before = tries;
    // From the sixth on it waits for two and a half seconds or more.
    const isPatient = async () => {
      await page.clock.runFor(1000);
      return tries - before;
    };
    await expect.poll(isPatient, { intervals: [50], timeout: 60_000 }).toBeGreaterThan(6);
    await expect(banner).toContainText('Disconnected. Trying again');
    // For the page no time goes by but what it is given.
    await server.start();
    await comeBack();
    let givenMs = 0;
    const isBack = async () => {
      givenMs += 5;
      await page.clock.runFor(5);
      return page.locator('[data-terminal]').getAttribute('data-terminal');
    };
    await expect.poll(isBack, { intervals: [10] }).toBe('ready');
    expect(givenMs).toBeLessThan(2000);
    await page.clock.resume();
    await terminal.ready();
  }
});
