// What the page knows of the shell's commands, whatever shell, prompt or program there is, and what a click may type.

import type { Page } from '@playwright/test';
import { expect, step, test } from './slipway.ts';
import { mark, menu, open, paste, screen } from './terminal-page.ts';

const newest = (page: Page) => page.locator('.command-mark').last();
const about = (page: Page) => menu(page).locator('.menu-about');

test('every command has its line, end, folder and output: in any shell, prompt and program', async ({
  page,
  server,
  terminal,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 1300, height: 1400 });
  await open(page, server.url, terminal);
  const ends = (label: string | RegExp) => expect(newest(page)).toHaveAccessibleName(label, { timeout: 5000 });
  const ran = async (command: string, code: number | 'unknown', line = command) => {
    await terminal.run(command);
    const name = line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    await ends(new RegExp(`^${name}: exit code ${code}(, took [\\d.]+ s)?$`));
  };
  const output = async () => {
    await newest(page).click();
    const item = menu(page).getByRole('menuitem', { name: 'Copy output' });
    if (await item.isDisabled()) {
      await page.keyboard.press('Escape');
      await page.locator('.xterm-helper-textarea').focus();
      return '';
    }
    await item.click();
    await expect(page.locator('.terminal-notice')).toHaveText('Copied.');
    return page.evaluate('navigator.clipboard.readText()');
  };

  await page.locator('.xterm-helper-textarea').focus();
  await paste(page, 'for n in 1 2\ndo echo "nö $n"\ndone');
  await page.keyboard.press('Enter');
  await ends(/^for n in 1 2; do echo "nö \$n"; done: exit code 0/);
  expect(await output()).toBe('nö 1\nnö 2');
  for (const line of ['cat <<E', 'ü;\\x', 'E']) await terminal.run(line);
  await ends(/^cat <<E ü;\\x E: exit code 0/);
  expect(await output()).toBe('ü;\\x');
  await ran('echo häß 日本', 0);
  await ran('!!', 0, 'echo häß 日本');
  expect(await output()).toBe('häß 日本');

  await ran('set -x', 0);
  await ran('echo traced', 0);
  expect(await output()).toBe('+ echo traced\ntraced');
  await ran('set +x', 0);
  await expect(screen(page)).not.toContainText('__slipway');

  await ran(`PS1='me> ' PROMPT_COMMAND='history -a; false'`, 0);
  await ran('false', 1);
  expect(await output()).toBe('');
  await ran('mkdir -p "a;ü" && cd "a;ü"', 0);
  await ran('pwd', 0);
  await newest(page).click();
  await expect(about(page)).toContainText(/exit code 0, took [\d.]+ s · in ~\/a;ü$/);
  await page.keyboard.press('Escape');

  for (const shell of ['bash', 'sh']) {
    await terminal.run(shell);
    await ends(`${shell}: still running`);
    await terminal.run('false');
    await terminal.run('exit 5');
    await ends(new RegExp(`^${shell}: exit code 5`));
  }
  // It has the terminal when it says so: a key before that is nobody's.
  await terminal.run(`sh -c 'echo a''sleep; sleep 99'`);
  await expect(screen(page)).toContainText('asleep');
  await ends(/: still running$/);
  await page.keyboard.press('Control+Z');
  await ends(/^sh -c .*: exit code 148/);
  await terminal.run('fg');
  await ends('fg: still running');
  await page.keyboard.press('Control+C');
  await ends(/^fg: exit code 130/);
  await ran('sleep 0.1 &', 0);
  await ran('wait', 0);
  await ran('exec bash', 'unknown');
  await ran('echo after', 0);

  const marks = await page.locator('.command-mark').count();
  expect(marks).toBeGreaterThan(15);
  await terminal.run('less /etc/bash.bashrc');
  await expect(mark(page, /./)).toHaveCount(0);
  await page.keyboard.press('q');
  await expect(mark(page, /./)).toHaveCount(marks + 1);
  await terminal.run('clear');
  await expect(mark(page, /^echo after/)).toHaveCount(0);
  await ran('echo last', 0);
  expect(await output()).toBe('last');
});

test('a click meets no shell inside the shell', async ({ page, server, terminal }) => {
  await open(page, server.url, terminal);
  const first = step(page, 'list-the-images-you-have');
  await terminal.run('sh');
  await expect(mark(page, /^sh: still running/)).toBeVisible();
  await first.getByRole('button', { name: /^Run in the terminal: docker images/ }).click();
  await expect(first.locator('.command-note')).toContainText('Nothing was typed');
});
