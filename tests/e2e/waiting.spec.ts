// More learners than places: the page tells the place in line, keeps it through a reload, and becomes the terminal.

import AxeBuilder from '@axe-core/playwright';
import { test as base } from '@playwright/test';
import { routes } from '../../protocol/http.ts';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { expect, Terminal } from './slipway.ts';

const LESSON = 'what-is-a-registry';

base('who comes when all computers are in use waits in line, and gets the next one', async ({ page }) => {
  base.setTimeout(120_000);
  // Whoever does nothing for so long gives the only place to the next.
  await using server = await TestServer.start({
    args: ['--max-sandboxes', '1', '--idle-minutes', '0.3'],
  });
  await new Learner(server).open(LESSON);
  await page.goto(`${server.url}/lessons/${LESSON}`);
  const card = page.getByRole('region', { name: 'Your place in line' });
  await expect(card).toContainText('You are next');
  await expect(card).toContainText('All practice computers are in use.');
  await expect(page).toHaveTitle(/^1 in line/);
  await expect(page.getByRole('status').filter({ hasText: 'You are next' })).toContainText('not known yet');
  const { violations } = await new AxeBuilder({ page }).include('#terminal').analyze();
  expect(violations).toEqual([]);
  const behind = new Learner(server);
  expect(await (await behind.post(routes.open(LESSON))).json()).toMatchObject({
    setup: { state: 'waiting', place: 2 },
  });
  await page.reload();
  await expect(card).toContainText('You are next');
  const terminal = new Terminal(page);
  await terminal.ready();
  await expect(card).toHaveCount(0);
});
