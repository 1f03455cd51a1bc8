// What the tests of the terminal ask of the page: its screen, its marks, its menu, a paste, and what axe says.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, showPane, type Terminal } from './slipway.ts';

export const LESSON = '/lessons/what-is-a-registry';
export const screen = (page: Page) => page.locator('.xterm-screen');
export const notice = (page: Page) => page.locator('.terminal-notice');
export const menu = (page: Page) => page.getByRole('menu');
export const mark = (page: Page, name: RegExp) => page.locator('.command-marks').getByRole('button', { name });
export const choose = async (page: Page, item: string | RegExp) => {
  await page.getByRole('button', { name: 'Terminal menu' }).click();
  await menu(page).getByRole('menuitem', { name: item }).click();
};

export const paste = (page: Page, text: string) =>
  page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.xterm-helper-textarea').dispatchEvent(paste);
  }`);

/** The terminal's pane, with its menus and dialogs. */
export async function isClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('#terminal').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

/** Where nothing can be scrolled sideways. */
export const sideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

export async function open(page: Page, url: string, terminal: Terminal): Promise<void> {
  await page.goto(url + LESSON);
  await terminal.ready();
  await showPane(page, 'Terminal');
  await expect(screen(page)).toContainText('~#');
}
