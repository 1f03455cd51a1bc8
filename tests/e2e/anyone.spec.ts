// Every page and state, in the pseudo-language: all texts come from the catalogue, longer ones fit from 1440 pixels to 320, and no rule
// of WCAG 2.2 AA is broken, in both schemes and with more contrast.

import { breaksNoRule, speaksCatalogueOnly } from './inspect.ts';
import { expect, test } from './slipway.ts';
import { tourOfLesson, tourOfMap, tourOfPages, tourOfTerminal } from './tour.ts';
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
  test.setTimeout(300_000);
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
});

test('what cannot be set up, and a server that is away', async ({ page, server, terminal }) => {
  const texts = await foreignTexts();
  const at = async (state: string) => {
    await speaksCatalogueOnly(page, state);
    await breaksNoRule(page, state);
  };
  await page.goto(`${server.url}/lessons/cannot-be-set-up?lang=en-XA`);
  await expect(page.locator('.notice')).toContainText(texts.lesson.setupFailed);
  await at('a set-up that failed');
  await page.goto(server.url + LESSON);
  await terminal.ready();
  await server.end('SIGKILL');
  await expect(page.locator('.terminal-banner')).toContainText(texts.terminal.lost);
  await at('a lost connection');
  await page.getByRole('link', { name: texts.lesson.all }).click();
  await expect(page.getByRole('alert')).toContainText(texts.problems.unreachable.message);
  await at('a server that does not answer');
  await server.start();
  await page.getByRole('button', { name: texts.retry }).click();
  await expect(page.locator('.lesson-row')).not.toHaveCount(0);
});
