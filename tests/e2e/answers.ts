// Answers a step's questions right, with the pointer, as the lesson file says.

import type { Locator, Page } from '@playwright/test';
import type { QuizAnswer } from '../../protocol/lesson.ts';
import { rightAnswer } from '../../server/lessons/answer.ts';
import type { LessonStep } from '../../server/lessons/parse.ts';
import { expect, step } from './slipway.ts';

export async function answerRight(page: Page, { id, quizzes }: LessonStep): Promise<void> {
  for (const [index, quiz] of quizzes.entries()) {
    const card = step(page, id).locator(`[data-quiz="${index}"]`);
    const answer = await rightAnswer(quiz, async () => {
      throw new Error(`${id} asks for a digest, which only its registry knows`);
    });
    // Its step is unfolded a moment after the one before has passed.
    await expect(card).toBeVisible();
    await fillIn(card, quiz.type, answer);
    await card.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(card).toHaveAttribute('data-right', 'true');
  }
}

async function fillIn(card: Locator, type: LessonStep['quizzes'][number]['type'], answer: QuizAnswer): Promise<void> {
  if (typeof answer === 'string') return card.getByRole('textbox').fill(answer);
  const indexes = typeof answer === 'number' ? [answer] : answer;
  for (const [place, index] of indexes.entries()) {
    if (type === 'match') await card.getByRole('combobox').nth(place).selectOption(String(index));
    else if (type === 'order') await moveTo(card, place, index);
    else await card.locator('.choice input').nth(index).check();
  }
}

async function moveTo(card: Locator, place: number, item: number): Promise<void> {
  const wanted = card
    .locator('.order-row')
    .nth(place)
    .and(card.locator(`[data-item="${item}"]`));
  for (let moves = 0; moves < 10 && (await wanted.count()) === 0; moves += 1) {
    await card.locator(`[data-item="${item}"] .move-up`).click();
  }
  await expect(wanted).toHaveCount(1);
}
