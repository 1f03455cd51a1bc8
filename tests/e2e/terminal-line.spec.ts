// The terminal when its line is cut or somebody else takes it: what the page says, and what becomes of typed keys.

import { expect, test } from './slipway.ts';
import { isClean, mark, menu, notice, open, screen } from './terminal-page.ts';

test('a second tab goes on exactly, and typed keys arrive once, in time, or are refused', async ({
  page,
  server,
  terminal,
  context,
}) => {
  await page.clock.install();
  await open(page, server.url, terminal);
  const banner = page.locator('.terminal-banner');
  const text = () => page.locator('.xterm-rows').textContent();
  await terminal.run('seq 9; echo fi""rst');
  await expect(mark(page, /^seq 9/)).toHaveAttribute('data-end', 'well');

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator('.xterm-rows')).toContainText('first');
  await expect(banner).toContainText('This lesson is open in another tab.');
  await isClean(page);
  expect(await other.locator('.xterm-rows').textContent()).toBe(await text());
  await other.locator('.xterm-helper-textarea').focus();
  await other.keyboard.type('echo fr""om the other');
  await banner.getByRole('button', { name: 'Use it here' }).click();
  await expect(other.locator('.terminal-banner')).toContainText('This lesson is open in another tab.');
  await other.close();
  await terminal.ready();
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Enter');
  await expect(screen(page)).toContainText('from the other');

  const comeBack = async () => {
    await context.setOffline(true);
    await context.setOffline(false);
    await expect(page.locator('[data-terminal]')).toHaveAttribute('data-terminal', 'ready', { timeout: 4000 });
  };
  await server.end('SIGKILL');
  await expect(banner).toContainText('Disconnected. Trying again');
  await mark(page, /^seq 9/).click();
  await menu(page).getByRole('menuitem', { name: 'Run again' }).click();
  await expect(notice(page)).toContainText('Nothing was typed: the connection');
  await terminal.run('echo ke""pt');
  await expect(banner).toContainText('is sent if the connection is back within 10 seconds');
  await isClean(page);
  // However long the server takes here, for the page it is soon.
  await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 200);
  await server.start();
  await page.clock.resume();
  await comeBack();
  await expect(mark(page, /^echo ke""pt: exit code 0/)).toHaveCount(1);
  await expect(banner).toHaveAttribute('data-empty', 'true');

  await server.end('SIGKILL');
  await expect(banner).toContainText('Disconnected');
  await terminal.run('echo too late');
  await page.clock.fastForward(11_000);
  await expect(banner).toContainText('What you typed was not sent');
  await server.start();
  await comeBack();
  await terminal.run('echo in time');
  await expect(mark(page, /^echo in time: exit code 0/)).toBeVisible();
  await expect(mark(page, /^echo too late/)).toHaveCount(0);
});
