// The command palette and the cheat sheet in a real browser: all by keys, with no word to anybody but the server.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, step, test } from './slipway.ts';

async function isClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

test('the palette leads to a step, the map, the dark and the commands met; the shell keeps its Ctrl+K', async ({
  page,
  server,
  terminal,
}) => {
  const wrong: string[] = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('requestfailed', (request) => wrong.push(request.url()));
  page.on('request', (request) => !request.url().startsWith(server.url) && wrong.push(request.url()));
  await page.goto(`${server.url}/lessons/the-round-trip`);
  await terminal.ready();
  const palette = page.getByRole('dialog', { name: 'Go to, or do' });
  const field = palette.getByRole('combobox');

  await terminal.run('docker pull nginx:latest');
  await expect(step(page, 'pull-nginx')).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
  await page.keyboard.press('Control+k');
  await expect(palette).toHaveCount(0);
  await page.keyboard.press('Control+Shift+K');
  await expect(field).toBeFocused();
  await isClean(page);
  await page.keyboard.type('push it');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Push it');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(step(page, 'push-it').getByRole('button', { name: /Push it/ })).toBeFocused();
  await expect(step(page, 'push-it')).toHaveAttribute('data-open', 'true');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('hide the map');
  await page.keyboard.press('Enter');
  await expect(page.locator('#map')).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('no such thing');
  await expect(palette).toContainText('Nothing fits');
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('.terminal-area')).toHaveAttribute('data-scheme', 'dark');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('cheat');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Cheat sheet' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Cheat sheet' })).toHaveCount(1);
  await expect(page.locator('.cheat-group')).toContainText('docker pull nginx:latest');
  await isClean(page);
  await page.getByRole('searchbox').fill('push');
  await expect(page.getByRole('main')).toContainText('No command that you have met');
  await page.getByRole('searchbox').fill('PULL nginx');
  await expect(page.locator('.cheat-group')).toHaveCount(1);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('searchbox')).not.toBeVisible();
  await expect(page.locator('.cheat-group pre')).toBeVisible();
  expect(wrong).toEqual([]);
});
