// The meter of the learner's disk, and the notice while little is left: what takes most, and how to remove it.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './slipway.ts';

test('a disk that runs full is told with what takes most, and the notice goes when there is room', async ({
  page,
  terminal,
  server,
}) => {
  await page.goto(`${server.url}/lessons/run-your-own-registry`);
  await terminal.ready();
  const meter = page.getByRole('button', { name: /^Your computer’s disk: \d+% used$/ });
  await meter.click();
  await expect(page.locator('#space')).toContainText(/MiB of .* are used/);
  await page.keyboard.press('Escape');
  const notice = page.locator('.space-notice');
  await expect(notice).toBeEmpty();
  // Nine tenths of what is free.
  await terminal.run(`fallocate -l $(($(df --output=avail -k ~ | tail -1) * 9 / 10))K ~/'big <b>file'`);
  await expect(notice).toContainText('disk is nearly full: 9');
  await expect(notice.getByRole('listitem').first()).toContainText('file ~/big <b>file (');
  // Said aloud in few words, and not anew with all that changes in it.
  const status = page.getByRole('status').filter({ hasText: 'disk is nearly full' });
  await expect(status).toContainText('Your terminal still works');
  await expect(status).not.toContainText('big');
  const { violations } = await new AxeBuilder({ page }).include('.terminal-head').analyze();
  expect(violations).toEqual([]);
  await terminal.run(`mv ~/big* ~/big`);
  await expect(notice.getByRole('listitem').first()).toContainText('rm ~/big');
  await terminal.run('rm ~/big');
  await expect(notice).toBeEmpty();
});
