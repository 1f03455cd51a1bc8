// Every page and state, in the pseudo-language: all texts come from the catalogue, longer ones fit from 1440 pixels to 320, and no rule
// of WCAG 2.2 AA is broken, in both schemes and with more contrast.

import { routes } from '../../protocol/http.ts';
import { unseenFocus } from './in-page.mjs';
import { breaksNoRule, speaksCatalogueOnly } from './inspect.ts';
import { Retold } from './retold.ts';
import { expect, test } from './slipway.ts';
import { tourOfDone, tourOfLesson, tourOfMap, tourOfPages, tourOfTerminal, tourOfTrouble } from './tour.ts';
import { foreignTexts } from './words.ts';

test.use({ lessonsDir: 'tests/e2e/lessons' });

const LESSON = '/lessons/every-kind-of-step?lang=en-XA';
/** What has colours that others have not. */
const COLOURFUL = [
  'the list of lessons',
  'a mistake, what was seen of it, and a report',
  'the map',
  'the end of a lesson',
];

test('every page and state', async ({ page, server, terminal }) => {
  test.setTimeout(400_000);
  const texts = await foreignTexts();
  const at = async (state: string) => {
    await speaksCatalogueOnly(page, state);
    await breaksNoRule(page, state, { more: COLOURFUL.includes(state) });
  };
  await tourOfPages(page, server.url, texts, at);
  await page.goto(server.url + LESSON);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
  await terminal.ready();
  await tourOfLesson(page, texts, at);
  await tourOfTerminal(page, texts, at);
  await tourOfMap(page, texts, at);
  await tourOfDone(page, server.url, texts, at);
});

test('what seldom happens to a computer', async ({ page, server, terminal }) => {
  const texts = await foreignTexts();
  const retold = await Retold.of(page);
  await page.goto(server.url + LESSON);
  await terminal.ready();
  await expect(page.locator('.terminal-status')).toHaveAttribute('data-look', 'ready');
  await tourOfTrouble(page, retold, texts, async (state) => {
    await speaksCatalogueOnly(page, state);
    await breaksNoRule(page, state);
  });

  // Where the system chooses the colours, no ground tells where the focus is.
  await page.emulateMedia({ forcedColors: 'active' });
  await page.getByRole('link', { name: texts.skipToLesson }).focus();
  for (let tabs = 0; tabs < 20; tabs++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(unseenFocus)).toBeNull();
  }
  for (const divider of await page.getByRole('separator').all()) {
    await divider.focus();
    expect(await page.evaluate(unseenFocus)).toBeNull();
  }
});

test('what cannot be set up, a network and a server that are slow or away', async ({ page, server, terminal }) => {
  const texts = await foreignTexts();
  const at = async (state: string, shown = page) => {
    await speaksCatalogueOnly(shown, state);
    await breaksNoRule(shown, state);
  };
  const slow = await page.context().newPage();
  await slow.clock.install();
  await slow.route(`**${routes.glossary}`, () => {});
  await slow.goto(`${server.url}/glossary?lang=en-XA`);
  await expect(slow.locator('.loading')).toContainText(texts.loading);
  await slow.clock.runFor(10_000);
  await expect(slow.getByRole('status').filter({ hasText: texts.slow })).toHaveCount(1);
  await at('what is slow to load', slow);
  await slow.close();

  await page.goto(`${server.url}/lessons/cannot-be-set-up?lang=en-XA`);
  await expect(page.locator('.notice')).toContainText(texts.lesson.setupFailed);
  await at('a set-up that failed');
  await page.goto(server.url + LESSON);
  await terminal.ready();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: texts.lesson.all }).click();
  await expect(page.getByRole('alert')).toContainText(texts.problems.offline.message);
  await page.context().setOffline(false);
  await expect(page.locator('.lesson-row')).not.toHaveCount(0);
  await page.goBack();
  await terminal.ready();
  await server.end('SIGKILL');
  await expect(page.locator('.terminal-banner')).toContainText(texts.terminal.lost);
  await expect(page.getByRole('button', { name: texts.terminal.tryNow })).toBeVisible();
  await at('a lost connection');
  await page.getByRole('link', { name: texts.lesson.all }).click();
  await expect(page.getByRole('alert')).toContainText(texts.problems.unreachable.message);
  await at('a server that does not answer');
  await server.start();
  await page.getByRole('button', { name: texts.retry }).click();
  await expect(page.locator('.lesson-row')).not.toHaveCount(0);
});
