// Several terminals on the page: opened, chosen, side by side, kept by a reload, closed.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './slipway.ts';

const LESSON = '/lessons/what-is-a-registry';
const view = (page: Page, name: string) => page.locator('.terminal-view').and(page.getByLabel(name, { exact: true }));
const tab = (page: Page, name: string) => page.locator('.terminal-tabs').getByRole('button', { name, exact: true });
const type = async (page: Page, text: string) => {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
};
const openOne = async (page: Page) => {
  await page.getByRole('button', { name: 'Terminal menu' }).click();
  await page.getByRole('menuitem', { name: 'New terminal' }).click();
};

test('a second terminal is opened, stands beside the first, survives a reload and is closed', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  await expect(view(page, 'Terminal 1')).toContainText('~#');
  await expect(page.locator('.terminal-tabs')).toHaveCount(0);
  await openOne(page);
  const second = view(page, 'Terminal 2');
  await expect(second).toContainText('~#');
  await expect(second.locator('.xterm-helper-textarea')).toBeFocused();
  await type(page, 'echo in the sec""ond');
  await expect(second).toContainText('in the second');
  await expect(view(page, 'Terminal 1')).not.toContainText('in the second');

  // The lesson's commands go to the one in front.
  await page.locator('.command-buttons button', { hasText: 'Run' }).first().click();
  await expect(second.locator('.command-marks button')).toHaveCount(2);
  await expect(view(page, 'Terminal 1').locator('.command-marks button')).toHaveCount(0);

  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect(view(page, 'Terminal 1').locator('.xterm-helper-textarea')).toBeFocused();
  await tab(page, 'Side by side').click();
  await expect(second).toBeVisible();
  await expect(view(page, 'Terminal 1')).toBeVisible();
  await second.locator('.xterm-screen').click();
  await expect(tab(page, 'Terminal 2')).toHaveAttribute('aria-pressed', 'true');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);

  await page.reload();
  await terminal.ready();
  await tab(page, 'Terminal 2').click();
  await expect(second).toContainText('in the second');
  await type(page, 'echo still h""ere; exit');
  await expect(page.locator('.terminal-tabs')).toHaveCount(0);
  await expect(second).toHaveCount(0);
  await openOne(page);
  await expect(view(page, 'Terminal 2')).toContainText('~#');
  await expect(view(page, 'Terminal 2')).not.toContainText('still here');
  await page.getByRole('button', { name: 'Close terminal 2' }).click();
  await expect(page.locator('.terminal-tabs')).toHaveCount(0);
  await expect(view(page, 'Terminal 1').locator('.xterm-helper-textarea')).toBeVisible();
});
