// What a step can ask and offer, in a real browser: questions by keyboard, definitions, hints, the solution shown, what a
// verdict rests on, and placeholders.

import type { Locator, Page } from '@playwright/test';
import { expect, step, test } from './slipway.ts';

test.use({ lessonsDir: 'tests/e2e/lessons' });

const LESSON = '/lessons/every-kind-of-step';
const quiz = (page: Page, id: string, index: number) => step(page, id).locator(`[data-quiz="${index}"]`);
const isRight = (of: Locator) => expect(of).toHaveAttribute('data-right', 'true');

/** Presses a key until the focus is there. */
async function press(page: Page, key: string, target: Locator, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never leads to ${target}`);
}

/** Runs in the page: what has moved since it began, how far in the browser's count, and from where to where. */
function followShifts(): void {
  const shifts: { value: number; of: string[] }[] = [];
  Object.assign(globalThis, { shifts });
  type Place = { x: number; y: number; width: number; height: number };
  type Source = { node: { nodeName: string; className?: unknown } | null; previousRect: Place; currentRect: Place };
  const words = ({ x, y, width, height }: Place) => `${x},${y} ${width}×${height}`;
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as (PerformanceEntry & { value: number; sources: Source[] })[]) {
      const of = sources.map(
        ({ node, previousRect, currentRect }) =>
          `${node?.nodeName} ${node?.className}: ${words(previousRect)} → ${words(currentRect)}`,
      );
      shifts.push({ value, of });
    }
  }).observe({ type: 'layout-shift' as 'mark', buffered: true });
}

/** What is shuffled may be before the focus or after it; too far on, the terminal would take every key. */
const reach = (page: Page, target: Locator) =>
  press(page, 'Tab', target, 8).catch(() => press(page, 'Shift+Tab', target, 16));

async function isFocused(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  await expect(page.locator(':focus')).toHaveCount(1);
}

/** Without a pointer, from wherever the focus is. */
async function answerAll(page: Page): Promise<void> {
  const at = (index: number) => quiz(page, 'answer-questions', index);
  const answer = (index: number) => at(index).getByRole('button', { name: 'Answer', exact: true });

  await press(page, 'Tab', at(0).getByRole('radio').first());
  await page.keyboard.press('Space');
  await press(page, 'ArrowDown', at(0).getByRole('radio', { name: 'the letter b' }));
  await page.keyboard.press('Enter');
  await expect(at(0).locator('[aria-live]')).toHaveText(/Not quite.*That is the second one\./);
  await press(page, 'ArrowDown', at(0).getByRole('radio', { name: 'the letter a' }));
  await page.keyboard.press('Enter');
  await isRight(at(0));
  await expect(at(0).locator('[aria-live]')).toHaveText(/Right: the letter a.*Nothing comes before it\./);
  await isFocused(page, at(0).locator('.quiz-question'));

  await press(page, 'Tab', answer(1));
  await page.keyboard.press('Enter');
  await expect(at(1)).toContainText('Choose at least one');
  for (const name of ['e', 'a']) {
    await reach(page, at(1).getByRole('checkbox', { name, exact: true }));
    await page.keyboard.press('Space');
  }
  await reach(page, answer(1));
  await page.keyboard.press('Enter');
  await isRight(at(1));

  for (const [place, name] of ['one', 'two', 'three'].entries()) {
    const up = at(2).getByRole('button', { name: `Move up: ${name}` });
    await reach(page, up);
    const row = at(2).locator('.order-row').nth(place);
    for (let moves = 0; moves < 3 && !(await row.textContent())?.includes(name); moves += 1) {
      await page.keyboard.press('ArrowUp');
      await isFocused(page, up);
    }
    await expect(row).toContainText(name);
  }
  await reach(page, answer(2));
  await page.keyboard.press('Enter');
  await isRight(at(2));
  await expect(at(2).locator('[aria-live]')).toHaveText(/Right: .*One comes before two/);

  for (const [left, right] of [
    ['a', 'a letter'],
    ['1', 'a digit'],
  ] as const) {
    await press(page, 'Tab', at(3).getByRole('combobox', { name: left, exact: true }));
    await page.keyboard.type(right);
  }
  await press(page, 'Tab', answer(3));
  await page.keyboard.press('Enter');
  await isRight(at(3));

  await press(page, 'Tab', at(4).getByRole('textbox'));
  await page.keyboard.type('D');
  await page.keyboard.press('Enter');
  await expect(at(4)).toContainText('That is the fourth.');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('c');
  await page.keyboard.press('Enter');
  await isRight(at(4));
}

test('questions of every kind, answered on the keyboard; what was right is there after a reload', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  const first = step(page, 'answer-questions');
  await expect(first.locator('.verdict')).toContainText('Answer the 5 questions');
  await page.locator('.skip-link').first().focus();
  await page.keyboard.press('Enter');
  await answerAll(page);
  await expect(first).toHaveAttribute('data-state', 'passed');
  await press(page, 'Tab', first.getByRole('button', { name: 'Go on' }));
  await page.keyboard.press('Enter');
  await expect(step(page, 'pull-alpine')).toHaveAttribute('data-open', 'true');
  await isFocused(page, step(page, 'pull-alpine').getByRole('button', { name: /Pull alpine/ }));
  await page.reload();
  await first.getByRole('button', { name: /Answer questions/ }).click();
  await isRight(quiz(page, 'answer-questions', 3));
  await expect(quiz(page, 'answer-questions', 2).getByRole('listitem')).toHaveText(['one', 'two', 'three']);
  for (const [index, why] of [
    [0, 'Nothing comes before it.'],
    [2, 'One comes before two, and two before three.'],
    [3, 'A digit is a number'],
    [4, 'It comes after b.'],
  ] as const)
    await expect(quiz(page, 'answer-questions', index)).toContainText(why);
  await expect(first.locator('.verdict')).toContainText('Passed');
});

test('things are put in order by dragging too', async ({ page, server, terminal }) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  const rows = quiz(page, 'answer-questions', 2).locator('.order-row');
  const [above, below] = await rows.allTextContents();
  await rows.first().locator('.order-grip').hover();
  await page.mouse.down();
  const box = await rows.nth(1).boundingBox();
  await page.mouse.move(box?.x ?? 0, (box?.y ?? 0) + (box?.height ?? 0) * 0.8, { steps: 8 });
  await page.mouse.up();
  expect((await rows.allTextContents()).slice(0, 2)).toEqual([below, above]);
});

test('a term is defined on hover and on focus until Escape, and on the page of all terms', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  const [image, container] = [0, 1].map((index) => page.locator('.term').nth(index)) as [Locator, Locator];
  const tip = page.getByRole('tooltip');
  await expect(tip).toBeHidden();
  await image.hover();
  await expect(tip).toContainText('A packaged application');
  await tip.hover();
  await expect(tip).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(tip).toBeHidden();
  await container.focus();
  await expect(tip).toContainText('A running program');
  await expect(container).toHaveAccessibleDescription(/A running program/);
  await page.keyboard.press('Escape');
  await expect(tip).toBeHidden();
  await isFocused(page, container);
  await page.getByRole('link', { name: 'Glossary' }).click();
  await expect(page.getByRole('heading', { name: 'Glossary' })).toBeVisible();
  await expect(page.getByRole('term')).toHaveText(['Image', 'Container']);
});

test('a mistake: what was seen, a report, hints one by one, and the solution shown', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  const pull = step(page, 'pull-alpine');
  await step(page, 'answer-questions').getByRole('button', { name: 'Skip this step' }).click();
  await expect(pull.locator('.verdict')).toContainText('checks itself while you work, and asks a question');
  await terminal.run('docker pull alpne');
  await expect(pull.locator('.verdict')).toHaveAttribute('data-verdict', 'fail');
  await pull.getByRole('button', { name: 'What was seen' }).click();
  await expect(pull.locator('.evidence')).toContainText('docker pull alpne');
  await expect(pull.locator('.evidence')).toContainText('pull access denied');
  await pull.getByRole('button', { name: 'This check is wrong' }).click();
  await expect(pull).toContainText('This is stored');
  await pull.getByRole('textbox').fill('<b>I meant it</b>');
  await pull.getByRole('button', { name: 'Send the note' }).click();
  await expect(pull).toContainText('Your note is stored too');

  await expect(pull.getByRole('button', { name: 'Show me' })).toBeHidden();
  await pull.getByRole('button', { name: 'Hint 1 of 2' }).click();
  await expect(pull.locator('.hint')).toHaveText(['docker pull downloads.']);
  await pull.getByRole('button', { name: 'Hint 2 of 2' }).click();
  await expect(pull).toContainText('No other hint fits');
  await expect(pull.locator('.hint')).toHaveCount(1);
  await page.reload();
  await terminal.ready();
  await expect(pull.locator('.hint')).toHaveCount(1);

  await pull.getByRole('button', { name: 'Hint 2 of 2' }).click();
  await pull.getByRole('button', { name: 'Show me' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('marked as shown');
  await dialog.getByRole('button', { name: 'Type it for me' }).click();
  await expect(pull.locator('.verdict')).toContainText('Done in the terminal', { timeout: 30_000 });
  await expect(pull.getByRole('button', { name: /Pull alpine.*shown/ })).toBeVisible();
  await quiz(page, 'pull-alpine', 0).getByRole('radio', { name: 'an image' }).check();
  await quiz(page, 'pull-alpine', 0).getByRole('button', { name: 'Answer' }).click();
  await expect(pull).toHaveAttribute('data-state', 'passed');
  await pull.getByRole('button', { name: 'Why did this pass?' }).click();
  await expect(pull.locator('.evidence')).toContainText('alpine');

  const remove = step(page, 'remove-nginx-by-its-id');
  await expect(remove).toHaveAttribute('data-open', 'false');
  await terminal.run('docker rmi nginy');
  await expect(remove.locator('.verdict')).toHaveAttribute('data-verdict', 'fail');
  await expect(remove.locator('.verdict')).toBeVisible();
});

test('a placeholder is filled with the learner’s own value, where there is one', async ({ page, server, terminal }) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  for (const id of ['answer-questions', 'pull-alpine']) {
    await step(page, id).getByRole('button', { name: 'Skip this step' }).click();
  }
  const remove = step(page, 'remove-nginx-by-its-id');
  await expect(remove.locator('.command-note')).toHaveText('Run and Copy put in your own <image_id>.');
  await remove.getByRole('button', { name: /^Run/ }).click();
  await expect(remove.locator('.command-note')).toHaveText(/docker rmi [0-9a-f]{12}$/);
  await expect(remove).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
});

test('the lesson is read before anything of the page has come, and the page takes it over as it stands', async ({
  page,
  server,
  terminal,
}) => {
  await page.goto(server.url + LESSON);
  await terminal.ready();
  await page.addInitScript(followShifts);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/*.js', (route) => released.then(() => route.continue()));
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: 'Every kind of step' })).toBeVisible();
  await expect(page).toHaveTitle(/^Every kind of step/);
  await expect(page.getByText('An image is what a container is made from.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Answer', exact: true }).first()).toBeVisible();
  await expect(page.locator('#terminal')).toBeVisible();
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([]);
  // Before anything can open it.
  await page.getByRole('button', { name: /Go to/ }).click();
  const heading = await page.locator('h1').elementHandle();
  const text = await page.locator('#lesson .lesson-flow').textContent();

  release();
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await page.keyboard.press('Escape');
  await terminal.ready();
  expect(await heading?.evaluate((element) => element.isConnected)).toBe(true);
  expect(await page.locator('#lesson .lesson-flow').textContent()).toBe(text);
  const shifts = (await page.evaluate('shifts')) as { value: number; of: string[] }[];
  const sum = shifts.reduce((all, { value }) => all + value, 0);
  expect(sum, JSON.stringify(shifts)).toBeLessThan(0.02);
});

test('what looks like markup in a lesson is text where the server renders it', async ({ page, server }) => {
  const html = await (await page.request.get(`${server.url}/lessons/a-page-to-read`)).text();
  const [rendered = ''] = /<div id="app">[^]*<script type="application\/json"/.exec(html) ?? [];
  expect(rendered).toContain('is read about here.');
  expect(rendered).not.toMatch(/<(img|b)\b/);
  await page.goto(`${server.url}/lessons/a-page-to-read`);
  await expect(page.locator('#lesson')).toContainText('see <b>markup</b> as text');
  await expect(page.locator('#lesson')).toContainText('<img src=x onerror=document.title=1>');
});

test('a page that is only read has no computer', async ({ page, server, context }) => {
  await page.goto(server.url);
  await expect(page.getByRole('listitem').filter({ hasText: 'A page to read' })).toContainText('2 minutes');
  await page.getByRole('link', { name: 'A page to read' }).click();
  await expect(page.getByRole('heading', { name: 'A page to read' })).toBeVisible();
  await expect(page.locator('#terminal')).toHaveCount(0);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('slipway_session');
});

test('a lesson is read in the language that one asks for, and answered in it', async ({ page, server, terminal }) => {
  await page.goto(`${server.url}${LESSON}?lang=de`);
  await terminal.ready();
  await expect(page.getByRole('heading', { name: 'Jede Art von Schritt' })).toHaveAttribute('lang', 'de');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const single = quiz(page, 'answer-questions', 0);
  await single.getByRole('radio', { name: 'der Buchstabe b' }).check();
  await single.getByRole('button', { name: 'Answer' }).click();
  await expect(single).toContainText('Das ist der zweite.');
  await single.getByRole('radio', { name: 'der Buchstabe a' }).check();
  await single.getByRole('button', { name: 'Answer' }).click();
  await isRight(single);
  // What is remembered holds until another language is asked for.
  await page.goto(`${server.url}/`);
  await expect(page.getByRole('heading', { name: 'Jede Art von Schritt' }).getByRole('link')).toBeVisible();
  await page.goto(`${server.url}/?lang=en`);
  await expect(page.getByRole('heading', { name: 'Every kind of step' }).getByRole('link')).toBeVisible();
});
