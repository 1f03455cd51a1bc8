// A whole lesson without a pointer, from the list to the next lesson; wherever the focus comes, it is seen.

import type { Locator, Page } from '@playwright/test';
import { rightAnswer } from '../../server/lessons/answer.ts';
import { loadLessons } from '../../server/lessons/load.ts';
import type { StepQuiz } from '../../server/lessons/quiz.ts';
import { unseenFocus } from './in-page.mjs';
import { expect, step, test } from './slipway.ts';

const lessons = loadLessons('lessons');
const lesson = lessons.get('what-is-a-registry');
const next = lessons.after(lesson);

test('a lesson is learned on the keyboard alone', async ({ page, server, terminal }) => {
  test.setTimeout(180_000);
  const unseen: string[] = [];
  /** Presses a key until the focus is there, and looks at it each time. */
  const reach = async (target: Locator, key = 'Tab', most = 60) => {
    for (let presses = 0; presses < most; presses += 1) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await page.keyboard.press(key);
      const found = await page.evaluate(unseenFocus);
      if (found) unseen.push(found);
    }
    throw new Error(`${key} never leads to ${target}`);
  };
  const press = async (target: Locator, key = 'Enter') => {
    await reach(target);
    await page.keyboard.press(key);
  };

  await page.goto(server.url);
  await press(page.getByRole('heading', { name: lesson.title, exact: true }).getByRole('link'));
  await terminal.ready();
  for (const [index, { id, solution, quizzes, hints }] of lesson.steps.entries()) {
    const card = step(page, id);
    await expect(card).toHaveAttribute('data-state', 'current');
    await expect(card).toHaveAttribute('data-open', 'true');
    await toLesson(page);
    if (index === 0) {
      await press(card.getByRole('button', { name: `Hint 1 of ${hints.length}` }));
      await expect(card.locator('.hint')).toHaveCount(1);
    }
    // The first command by its button, the others typed.
    if (index === 0) {
      await reach(card.locator('.command-run'), 'Shift+Tab');
      await page.keyboard.press('Enter');
    } else if (solution.length > 0) {
      await page.keyboard.press('Control+Shift+L');
      await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
      for (const command of solution) {
        await page.keyboard.type(command);
        await page.keyboard.press('Enter');
      }
      const passed =
        quizzes.length > 0 ? card.locator('[data-verdict="pass"]') : card.and(page.locator('[data-state="passed"]'));
      await expect(passed).toHaveCount(1, { timeout: 30_000 });
      await toLesson(page);
    }
    for (const [at, quiz] of quizzes.entries()) {
      await answer(card.locator(`[data-quiz="${at}"]`), quiz);
    }
    await expect(card).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
    // Whoever answered reads why, and then goes on.
    if (quizzes.length > 0) {
      const goOn = card.getByRole('button', { name: 'Go on' });
      await expect(goOn).toBeVisible();
      await press(goOn);
    }
  }
  const end = page.locator('.lesson-end');
  await expect(end).toContainText('Lesson complete');
  await toLesson(page);
  await press(end.getByRole('link', { name: 'Next lesson' }));
  await expect(page.getByRole('heading', { level: 1, name: next?.title ?? '' })).toBeVisible();
  expect([...new Set(unseen)]).toEqual([]);

  async function answer(card: Locator, quiz: StepQuiz): Promise<void> {
    const right = await rightAnswer(quiz, async () => null);
    const all = Array.isArray(right) ? right : [right];
    if (quiz.type === 'typed') {
      await reach(card.getByRole('textbox'));
      await page.keyboard.type(String(right));
      return void (await page.keyboard.press('Enter'));
    }
    if (quiz.type === 'single') {
      await reach(card.getByRole('radio').first());
      await page.keyboard.press('Space');
      await reach(card.getByRole('radio').nth(Number(right)), 'ArrowDown', 10);
    } else if (quiz.type === 'several') {
      for (const index of (all as number[]).toSorted((a, b) => a - b)) {
        await press(card.getByRole('checkbox').nth(index), 'Space');
      }
    } else if (quiz.type === 'match') {
      for (const [place, index] of all.entries()) {
        await reach(card.getByRole('combobox').nth(place));
        for (let times = 0; times <= Number(index); times += 1) await page.keyboard.press('ArrowDown');
      }
    } else {
      await reach(card.locator('.move-up').first());
      for (const [place, item] of all.entries()) {
        const up = card.locator(`[data-item="${item}"] .move-up`);
        // What was moved may be before it or after it; too far on, the terminal would take every key.
        await reach(up, 'Tab', 8).catch(() => reach(up, 'Shift+Tab', 20));
        const wanted = card
          .locator('.order-row')
          .nth(place)
          .and(card.locator(`[data-item="${item}"]`));
        for (let moves = 0; moves < 10 && (await wanted.count()) === 0; moves += 1)
          await page.keyboard.press('ArrowUp');
      }
    }
    await press(card.getByRole('button', { name: 'Answer', exact: true }));
    await expect(card).toHaveAttribute('data-right', 'true');
  }
});

/** Out of the terminal, where that has the focus. */
async function toLesson(page: Page): Promise<void> {
  const isInTerminal = await page.evaluate('document.activeElement?.closest("#terminal") !== null');
  if (!isInTerminal) return;
  await page.keyboard.press('Control+Shift+L');
  await expect(page.locator('#lesson')).toBeFocused();
}
