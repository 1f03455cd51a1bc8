// The panes of a lesson in a real browser: where they stand by the room there is, and how they are sized and put away by keys.

import type { Page } from '@playwright/test';
import { pageSizes } from '../support/page-sizes.ts';
import { expect, showPane, test } from './slipway.ts';

const LESSON = '/lessons/what-is-a-registry';
const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} has no place`);
  return box;
};

test('panes stand where there is room, and keys size them, put them away and bring them back', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  const separator = page.getByRole('separator', { name: /Size of the lesson/ });
  await separator.focus();
  const { width } = await boxOf(page, '#lesson');
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowRight');
  await expect(separator).toHaveAttribute('aria-valuenow', '50');
  expect((await boxOf(page, '#lesson')).width).toBeGreaterThan(width + 60);
  await page.keyboard.press('Home');
  await expect(separator).toHaveAttribute('aria-valuenow', '25');
  await page.keyboard.press('Enter');
  await expect(page.locator('#lesson')).not.toBeVisible();
  expect((await boxOf(page, '#terminal')).x).toBeLessThan(20);
  await page.reload();
  await expect(page.locator('#lesson')).not.toBeVisible();
  await separator.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#lesson')).toBeVisible();
  await expect(separator).toHaveAttribute('aria-valuenow', '25');

  const mapSeparator = page.getByRole('separator', { name: /Size of the terminal/ });
  await mapSeparator.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#map')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show the map' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#map')).toBeFocused();

  for (const [size, expected] of [
    [{ width: 2560, height: 1300 }, 'beside'],
    [{ width: 1280, height: 720 }, 'below'],
    [{ width: 1024, height: 768 }, 'tab'],
    [{ width: 768, height: 1024 }, 'tab'],
    [{ width: 390, height: 844 }, 'tab'],
    [{ width: 320, height: 640 }, 'tab'],
  ] as const) {
    await page.setViewportSize(size);
    await expect(page.locator('.workplace')).toHaveAttribute('data-place', expected);
    await showPane(page, 'Lesson');
    const lesson = await boxOf(page, '#lesson');
    expect(lesson.x + lesson.width).toBeLessThanOrEqual(size.width);
    expect(lesson.height).toBeGreaterThan(200);
    await showPane(page, 'Terminal');
    const shell = await boxOf(page, '#terminal');
    expect(shell.width).toBeGreaterThanOrEqual(300);
    expect(shell.height).toBeGreaterThan(200);
    // Panes scroll, the page never does.
    for (const side of ['Width', 'Height']) {
      const root = 'document.documentElement';
      expect(await page.evaluate(`${root}.scroll${side} - ${root}.client${side}`), side).toBeLessThanOrEqual(0);
    }
  }
});

test('the page is no larger than it may be', async ({ server }) => {
  expect(server.pid).toBeGreaterThan(0);
  const { initialKbGzip, totalKbGzip } = pageSizes();
  expect(initialKbGzip).toBeLessThanOrEqual(150);
  expect(totalKbGzip).toBeLessThanOrEqual(300);
  expect(initialKbGzip).toBeGreaterThan(20);
});
