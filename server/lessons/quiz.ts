// A quiz as it is asked: its texts rendered, and what could give the answer away shuffled, always in the same way.

import { createHash } from 'node:crypto';
import type { Quiz } from '../../protocol/lesson.ts';
import type { LessonQuiz } from './quiz-schema.ts';
import { renderInline, renderText } from './render.ts';

/**
 * A quiz of a step. `shown` is what the page gets; `order` says for each of the shuffled texts in it (choices, items, or
 * the right sides) which one of the lesson's it is.
 */
export type StepQuiz = LessonQuiz & { shown: Quiz; order: number[] };

/** `seed` is another one for each quiz of the course. */
export function stepQuiz(quiz: LessonQuiz, seed: string): StepQuiz {
  const question = renderText(quiz.question);
  switch (quiz.type) {
    case 'single':
    case 'several': {
      const order = shuffled(quiz.choices.length, seed);
      const choices = pick(order, quiz.choices).map(({ text }) => renderInline(text));
      return { ...quiz, order, shown: { type: quiz.type, question, choices } };
    }
    case 'order': {
      const order = shuffledAnew(quiz.items.length, seed);
      return { ...quiz, order, shown: { type: 'order', question, items: pick(order, quiz.items).map(renderInline) } };
    }
    case 'match': {
      const rights = rightsOf(quiz.pairs);
      const order = shuffledAnew(rights.length, seed);
      const left = Object.keys(quiz.pairs).map(renderInline);
      return { ...quiz, order, shown: { type: 'match', question, left, right: pick(order, rights).map(renderInline) } };
    }
    case 'typed':
      return { ...quiz, order: [], shown: { type: 'typed', question } };
  }
}

/** The right sides of a match, each once. */
export function rightsOf(pairs: Record<string, string>): string[] {
  return [...new Set(Object.values(pairs))];
}

function pick<T>(order: readonly number[], from: readonly T[]): T[] {
  return order.map((index) => from[index] as T);
}

/** Not in the order that it had: that would be the answer. */
function shuffledAnew(length: number, seed: string): number[] {
  const order = shuffled(length, seed);
  return order.some((index, at) => index !== at) ? order : [...order.slice(1), ...order.slice(0, 1)];
}

function shuffled(length: number, seed: string): number[] {
  const weight = (index: number) => createHash('sha256').update(`${seed}\0${index}`).digest('hex');
  const weights = Array.from({ length }, (_, index) => ({ index, weight: weight(index) }));
  return weights.sort((a, b) => (a.weight < b.weight ? -1 : 1)).map(({ index }) => index);
}
