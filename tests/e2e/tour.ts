// A way through the page that comes by its states, in whatever language; `at` is told the name of each, and looks at it.

import type { Page } from '@playwright/test';
import { routes } from '../../protocol/http.ts';
import type { LessonSummary } from '../../protocol/lesson.ts';
import { closeCodes } from '../../protocol/socket.ts';
import type { Retold } from './retold.ts';
import { expect, step, Terminal } from './slipway.ts';
import type { foreignTexts } from './words.ts';

type Texts = Awaited<ReturnType<typeof foreignTexts>>;
type At = (state: string) => Promise<void>;

/** What can be read without a computer. */
export async function tourOfPages(page: Page, url: string, texts: Texts, at: At): Promise<void> {
  await page.goto(`${url}/?lang=en-XA`);
  await expect(page.getByRole('heading', { name: texts.list.heading })).toBeVisible();
  await expect(page.locator('.lesson-row')).not.toHaveCount(0);
  await at('the list of lessons');
  await page.getByRole('button', { name: texts.offline.badge }).click();
  await at('what offline images are');
  for (const path of ['/glossary', '/certificate', '/lessons/a-page-to-read', '/lessons/no-such-lesson']) {
    await page.goto(url + path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect(page.locator('.term-entry, .prose, .notice, main p')).not.toHaveCount(0);
    await at(path);
  }
}

/** A lesson from its first question to its end: mistakes, help, verdicts. Starts at 1440 wide with `every-kind-of-step` open. */
export async function tourOfLesson(page: Page, texts: Texts, at: At): Promise<void> {
  const terminal = new Terminal(page);
  await terminal.ready();
  await page.getByRole('button', { name: texts.map.hide }).first().click();
  await at('questions of every kind');

  const first = step(page, 'answer-questions');
  const quiz = (index: number) => first.locator(`[data-quiz="${index}"]`);
  const answer = (index: number) => quiz(index).getByRole('button', { name: texts.quiz.answer, exact: true }).click();
  await quiz(0).getByRole('radio', { name: 'the letter b' }).check();
  await answer(0);
  await answer(1);
  await quiz(4).getByRole('textbox').fill('c');
  await answer(4);
  await expect(quiz(4)).toHaveAttribute('data-right', 'true');
  await page.locator('.term').first().focus();
  await expect(page.getByRole('tooltip')).toBeVisible();
  await at('answers right, wrong and none, and a definition');

  await first.getByRole('button', { name: texts.step.skip }).click();
  const pull = step(page, 'pull-alpine');
  await terminal.run('docker pull alpne');
  await expect(pull.locator('.verdict')).toHaveAttribute('data-verdict', 'fail');
  await pull.getByRole('button', { name: texts.evidence.whatSeen }).click();
  await expect(pull.locator('.evidence')).toContainText('alpne');
  await pull.getByRole('button', { name: texts.report.button }).click();
  await expect(pull).toContainText(texts.report.note);
  await at('a mistake, what was seen of it, and a report');

  await pull.getByRole('button', { name: texts.step.hint({ n: 1, m: 2 }) }).click();
  await pull.getByRole('button', { name: texts.step.hint({ n: 2, m: 2 }) }).click();
  await expect(pull).toContainText(texts.step.noHintFits);
  await pull.getByRole('button', { name: texts.show.button }).click();
  await at('hints, and whether to be shown');
  await page.getByRole('dialog').getByRole('button', { name: texts.cancel }).click();
  await page.getByRole('button', { name: texts.lesson.startAgain }).click();
  await at('whether to start again');
  await page.getByRole('dialog').getByRole('button', { name: texts.cancel }).click();

  await terminal.run('docker pull alpine');
  await expect(pull.locator('.verdict')).toHaveAttribute('data-verdict', 'pass');
  await at('checks passed, a question left');
  await pull.getByRole('radio', { name: 'an image' }).check();
  await pull.getByRole('button', { name: texts.quiz.answer, exact: true }).click();
  await expect(pull).toHaveAttribute('data-state', 'passed');
  const remove = step(page, 'remove-nginx-by-its-id');
  await pull.getByRole('button', { name: texts.step.goOn }).click();
  await expect(remove).toHaveAttribute('data-open', 'true');
  await remove.locator('.command-run').click();
  await expect(remove).toHaveAttribute('data-state', 'passed');
  await expect(page.locator('.lesson-end')).toHaveAttribute('data-done', 'true');
  await at('the end of a lesson');
}

/** What is there once something was done: its commands, the palette, and, told by the test, all of the course and lessons of one's own. */
export async function tourOfDone(page: Page, url: string, texts: Texts, at: At): Promise<void> {
  await page.goto(`${url}/cheat-sheet`);
  await expect(page.locator('.cheat-group')).not.toHaveCount(0);
  await at('the cheat sheet');
  await page.getByRole('searchbox').fill('zzz');
  await expect(page.getByText(texts.cheatSheet.none)).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option')).not.toHaveCount(0);
  await at('the palette, over no such command');
  await page.keyboard.press('Escape');

  await page.route(`**${routes.session}`, async (route) => {
    const response = await route.fetch();
    const lessons: LessonSummary[] = await (await page.request.get(url + routes.lessons)).json();
    const progress = lessons.map(({ slug, steps }) => [
      slug,
      { ...NOTHING_DONE, marks: Object.fromEntries(steps.map(({ id }) => [id, 'passed'])) },
    ]);
    await route.fulfill({ response, json: { ...(await response.json()), progress: Object.fromEntries(progress) } });
  });
  await page.goto(`${url}/certificate`);
  await page.getByRole('textbox', { name: texts.certificate.name }).fill('Ada Lovelace');
  await at('the certificate');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Ada Lovelace')).toBeVisible();
  await expect(page.getByRole('textbox', { name: texts.certificate.name })).toBeHidden();
  await page.emulateMedia({ media: null });
  await page.unroute(`**${routes.session}`);

  await page.route(`**${routes.info}`, async (route) => {
    const response = await route.fetch();
    const leftOut = [{ file: 'Team lessons/02-rules/lesson.md', line: 4, message: 'unknown key `minuets`' }];
    await route.fulfill({ response, json: { ...(await response.json()), hubLimited: true, leftOut } });
  });
  await page.route(`**${routes.lessons}`, async (route) => {
    const response = await route.fetch();
    const lessons: LessonSummary[] = await response.json();
    const own = lessons.map((lesson, index) => ({ ...lesson, heading: index > 0 ? 'Team lessons' : null }));
    await route.fulfill({ response, json: own });
  });
  await page.goto(url);
  await expect(page.locator('.left-out')).toContainText('unknown key');
  await page.getByRole('button', { name: texts.hubLimited.badge }).click();
  await at('lessons of their own, some left out, and Docker Hub at its limit');
  await page.unrouteAll();
}

const NOTHING_DONE = { marks: {}, current: null, checked: [], quizzes: {}, hints: {}, shown: [] };

/** What lies over the terminal, or beside it, where the computer is short of something, or there is none. */
export async function tourOfTrouble(page: Page, retold: Retold, texts: Texts, at: At): Promise<void> {
  const words = texts.terminal;
  const banner = page.locator('.terminal-banner');
  const space = { state: 'full', short: 'bytes', percent: 100, usedBytes: 2 ** 31, limitBytes: 2 ** 31 } as const;
  const largest = [
    { kind: 'image', name: 'nginx:latest', size: 190_000_000 },
    { kind: 'folder', name: '~/many', size: 90_000 },
  ] as const;
  retold.session({ space: { ...space, held: true, largest: [...largest] }, mishap: 'engine-restarted' });
  await expect(page.locator('.space-notice')).toContainText(texts.space.full);
  await expect(banner).toContainText(words.mishap.seeContainers);
  await at('a full disk, and an engine that came back');
  await banner.getByRole('button', { name: texts.dismiss }).click();
  await expect(banner).toBeEmpty();
  retold.session({ time: { state: 'ending', why: 'idle', endsInMs: 290_000, extendable: true } });
  await expect(banner).toContainText(words.time.here);
  await at('a computer whose time ends');
  retold.session({ setup: { state: 'waiting', place: 12, waitMs: 240_000, why: 'full' } });
  await expect(page.locator('.waiting')).toContainText(words.waiting.place({ n: 12 }));
  await at('a place in line');
  retold.session({ time: { state: 'ended', why: 'idle' } });
  await expect(banner).toContainText(words.time.ended.heading);
  await at('a computer that was put away');
  retold.session({});
  await expect(banner).toBeEmpty();
  await retold.close(closeCodes.tooManySockets);
  await expect(banner).toContainText(words.cutOff.tooManySockets);
  await at('a computer that is open in too many pages');
  await banner.getByRole('button', { name: words.goOn }).click();
  await expect(banner).toBeEmpty();
  // The button went, and the focus not with it.
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
}

/** The terminal's menus and dialogs. */
export async function tourOfTerminal(page: Page, texts: Texts, at: At): Promise<void> {
  const words = texts.terminal;
  const menu = page.getByRole('button', { name: words.menu });
  const choose = async (item: string) => {
    await menu.click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await menu.click();
  await at('the menu of the terminal');
  await page.keyboard.press('Escape');
  for (const item of [words.settingsItem, words.files.fetchItem, words.paste]) {
    await choose(item);
    await expect(page.getByRole('dialog')).toBeVisible();
    await at(item);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await choose(words.search);
  await page.getByRole('textbox', { name: words.search }).fill('nothing of the kind');
  await at('a search of the terminal');
  await page.keyboard.press('Escape');
  await choose(words.last);
  await at('what can be done with a command');
  await page.keyboard.press('Escape');
  await choose(words.openItem);
  await expect(page.getByRole('button', { name: words.numbered({ n: 2 }), exact: true })).toBeVisible();
  await at('two terminals');
}

/** The map as a picture, one thing of it, and as tables. */
export async function tourOfMap(page: Page, texts: Texts, at: At): Promise<void> {
  const words = texts.map;
  if (await page.locator('.map-pane').isHidden()) await page.getByRole('button', { name: words.show }).click();
  await page.locator('.map-card').first().waitFor();
  await at('the map');
  await page.getByRole('button', { name: words.what }).click();
  await at('how to read the map');
  await page.keyboard.press('Escape');
  await page.locator('.map-head').first().click();
  await page.getByRole('button', { name: words.seeJson }).click();
  await page.locator('.map-raw pre').waitFor();
  await at('one thing of the map, with its JSON');
  await page.keyboard.press('Escape');
  await page
    .getByRole('textbox', { name: words.filterLabel })
    .or(page.getByRole('searchbox', { name: words.filterLabel }))
    .fill('zzz');
  await at('nothing on the map fits');
  await page.locator('.map-pane input').first().fill('');
  await page.getByText(words.asTables, { exact: true }).click();
  await page.locator('.map-tables').waitFor();
  await at('the map as tables');
}
