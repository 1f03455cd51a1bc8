// The terminal on another tab and another device, and after a reload: the same program, whole, and one answer to what it asks.

import type { Page } from '@playwright/test';
import { expect, showPane, Terminal, test } from './slipway.ts';
import { isClean, open, screen, sideways } from './terminal-page.ts';

const rows = (page: Page) => page.locator('.xterm-rows');
const text = async (page: Page) => (await page.locator('.xterm-rows > div').allTextContents()).join('\n');
const status = (page: Page) => page.locator('.terminal-status');
const input = (page: Page) => page.locator('.xterm-helper-textarea');
const useHere = (page: Page) => page.getByRole('button', { name: 'Use it here' });
/** Where the cursor stands, in characters. */
const cursor = (page: Page) =>
  page.evaluate<string>(`{
    const row = [...document.querySelectorAll('.xterm-rows > div')].find((one) => one.querySelector('.xterm-cursor'));
    const before = row ? row.textContent.length : -1;
    const at = row ? [...row.children].findIndex((one) => one.classList.contains('xterm-cursor')) : -1;
    [row ? [...row.parentElement.children].indexOf(row) : -1, at, before].join();
  }`);

test('a program with a screen of its own is whole after a reload, in a second tab, and gives back what was there', async ({
  page,
  server,
  terminal,
  context,
}) => {
  await open(page, server.url, terminal);
  await terminal.run(`clear; seq -f 'kept %.0f' 60; seq -f 'line %.0f ü日' 400 > text`);
  await expect(rows(page)).toContainText('kept 60');
  for (const [start, keys, sign, leave] of [
    ['less -M text', ' j', 'lines', 'q'],
    ['nano text', 'grün 日', 'GNU nano', ''],
  ] as const) {
    await terminal.run(start);
    await expect(rows(page)).toContainText(sign);
    await page.keyboard.type(keys);
    if (keys === ' j') await expect(rows(page)).not.toContainText('line 1 ü');
    else await expect(rows(page)).toContainText(keys);
    const [shown, place] = [await text(page), await cursor(page)];
    await page.reload();
    await terminal.ready();
    await expect.poll(() => text(page)).toBe(shown);
    expect(await cursor(page)).toBe(place);

    const other = await context.newPage();
    await other.goto(page.url());
    await new Terminal(other).ready();
    await expect.poll(() => text(other)).toBe(shown);
    await other.close();
    await expect(useHere(page)).toHaveCount(0);
    await input(page).focus();
    if (leave) await page.keyboard.press(leave);
    else {
      await page.keyboard.press('Control+X');
      await page.keyboard.press('n');
    }
    await expect(rows(page)).toContainText('kept 60');
    await expect(rows(page)).not.toContainText(sign);
  }
  await terminal.run('echo th""ere');
  await expect(rows(page)).toContainText('there');
});

test('a phone shows what the desk does, and has the terminal at the first key; the desk gets it back', async ({
  page,
  server,
  terminal,
  browser,
  context,
}) => {
  await open(page, server.url, terminal);
  const device = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    storageState: await context.storageState(),
  });
  const phone = await device.newPage();
  await phone.goto(page.url());
  await new Terminal(phone).ready();
  await showPane(phone, 'Terminal');
  // Who comes last leads.
  await expect(status(page)).toContainText('As on your other page');
  await expect(useHere(phone)).toHaveCount(0);
  await terminal.run('clear; stty size');
  await expect(useHere(page)).toHaveCount(0);
  await expect(status(phone)).toContainText('As on your other page');
  const size = async (of: Page) => /(\d+ \d+)/.exec(await text(of))?.[1];
  await expect.poll(() => size(page)).toBeTruthy();
  const desk = await size(page);
  await expect.poll(() => size(phone)).toBe(desk);
  // As small as it takes: all of it is there.
  await expect(phone.locator('.xterm-rows > div').last()).toBeInViewport();
  for (const one of [page, phone]) {
    await isClean(one);
    expect(await sideways(one)).toBeLessThanOrEqual(0);
  }

  await new Terminal(phone).run('clear; stty size');
  await expect(useHere(phone)).toHaveCount(0);
  await expect(status(page)).toContainText('As on your other page');
  await expect.poll(() => size(phone)).not.toBe(desk);
  const small = await size(phone);
  await expect.poll(() => size(page)).toBe(small);
  // A program asks where the cursor is: one of them answers.
  await new Terminal(phone).run(`clear; printf '\\e[6n'; cat -v`);
  const answers = async (of: Page) => (await text(of)).match(/\^\[\[\d+;\d+R/g)?.length;
  for (const one of [page, phone]) await expect.poll(() => answers(one)).toBe(1);
  await useHere(page).click();
  await expect(useHere(page)).toHaveCount(0);
  await expect(input(page)).toBeFocused();
  await page.keyboard.type('on the desk');
  await expect(screen(phone)).toContainText('on the desk');
  for (const one of [page, phone]) expect(await answers(one)).toBe(1);
  await page.keyboard.press('Control+C');
  await terminal.run('clear; stty size');
  await expect.poll(() => size(page)).toBe(desk);
  await device.close();
});

test('what a program asked the terminal is answered once, whatever is shown again', async ({
  page,
  server,
  terminal,
  context,
}) => {
  await open(page, server.url, terminal);
  await terminal.run(`clear; printf '\\e[c\\e[>c\\e[6n\\e]10;?\\e\\\\\\e]11;?\\e\\\\'; cat -v`);
  const kinds = [/\^\[\[\?1;2c/g, /\^\[\[>0;/g, /\^\[\[\d+;\d+R/g, /\^\[\]10;rgb:/g, /\^\[\]11;rgb:/g];
  const answers = async () => {
    const shown = (await text(page)).replaceAll('\n', '');
    return kinds.map((kind) => shown.match(kind)?.length ?? 0);
  };
  await expect.poll(answers).toEqual([1, 1, 1, 1, 1]);
  for (let n = 0; n < 2; n++) {
    await page.reload();
    await terminal.ready();
    await input(page).focus();
    await page.keyboard.type(`after ${n}`);
    await expect(rows(page)).toContainText(`after ${n}`);
    expect(await answers()).toEqual([1, 1, 1, 1, 1]);
  }
  await context.setOffline(true);
  await context.setOffline(false);
  await server.end('SIGKILL');
  await server.start();
  await terminal.ready();
  await input(page).focus();
  await page.keyboard.type('and again');
  await expect(rows(page)).toContainText('and again');
  expect(await answers()).toEqual([1, 1, 1, 1, 1]);
  await page.keyboard.press('Control+C');
});
