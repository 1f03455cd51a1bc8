// Where the terminal says that it is busy, or that it was too much: a long paste, a program that reads nothing, too many pages.

import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { cutOff } from './in-page.mjs';
import { expect, showPane, Terminal, test } from './slipway.ts';
import { isClean, mark, open, paste, screen } from './terminal-page.ts';

const MOST_SOCKETS = 16;
const LIMITS = [
  '--input-kb-per-second',
  '256',
  '--waiting-input-kb',
  '1024',
  '--sockets-per-session',
  String(MOST_SOCKETS),
  '--hello-seconds',
  '60',
];

test('a long paste says how far it is, and what is too much is told, wide and narrow', async ({
  page,
  terminal,
  lessonsDir,
  context,
}) => {
  await using server = await TestServer.start({
    args: ['--max-sandboxes', '1', '--lessons-dir', lessonsDir, ...LIMITS],
  });
  await open(page, server.url, terminal);
  const pasteAll = async (text: string) => {
    await paste(page, text);
    await page.getByRole('dialog').getByRole('button', { name: 'Paste', exact: true }).click();
  };
  const told = page.evaluate<string[]>(`new Promise((resolve) => {
    const said = [];
    const notice = document.querySelector('.terminal-notice');
    new MutationObserver(() => {
      said.push(notice.textContent);
      if (notice.textContent === 'Pasted.') resolve(said);
    }).observe(notice, { childList: true, characterData: true, subtree: true });
  })`);
  const text = Array.from({ length: 16_384 }, (_, n) => `${n} `.padEnd(63, '.')).join('\n');
  await terminal.run('stty -echo; cat > pasted; stty echo');
  await expect(mark(page, /still running$/)).toBeVisible();
  await pasteAll(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+D');
  const shares = (await told).flatMap((said) => /^Pasting: (\d+)\s?%$/.exec(said)?.slice(1).map(Number) ?? []);
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  await expect(mark(page, /^stty .*: exit code 0/)).toBeVisible({ timeout: 60_000 });
  await terminal.run('sha256sum pasted');
  await expect(screen(page)).toContainText(createHash('sha256').update(`${text}\n`).digest('hex'));

  const banner = (of: Page) => of.locator('.terminal-banner');
  const goesOn = async (of: Page) => {
    const button = banner(of).getByRole('button', { name: 'Go on' });
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      await of.setViewportSize({ width, height });
      await showPane(of, 'Terminal');
      await expect(button).toBeInViewport({ ratio: 1 });
      await isClean(of);
      expect(await of.evaluate(cutOff)).toEqual([]);
    }
    await button.click();
    await new Terminal(of).ready();
  };
  await terminal.run('sleep 1000');
  await expect(mark(page, /^sleep 1000: still running/)).toBeVisible();
  await pasteAll(text.repeat(4));
  await expect(banner(page)).toContainText('the program in it does not read what you type or paste');
  await goesOn(page);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+C');
  // What was echoed has scrolled its mark away.
  await terminal.run('echo it goes on');
  await expect(mark(page, /^echo it goes on: exit code 0/)).toBeVisible();

  const [cookie] = await context.cookies();
  const learner = new Learner(server, `${cookie?.name}=${cookie?.value}`);
  const others = Array.from({ length: MOST_SOCKETS }, () => learner.socket());
  for (const other of others) other.on('error', () => {});
  await expect
    .poll(() => others.filter(({ readyState }) => readyState === WebSocket.OPEN))
    .toHaveLength(MOST_SOCKETS - 1);
  const late = await context.newPage();
  await late.goto(page.url());
  await expect(banner(late)).toContainText('open in too many pages at once');
  for (const other of others) other.terminate();
  await goesOn(late);
});
