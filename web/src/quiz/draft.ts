// An answer while it is being made: what it begins as, when it can be given, and how it reads once it was right.

import type { Quiz, QuizAnswer } from '../../../protocol/lesson.ts';

/** Null: nothing chosen yet. In a match, -1 stands for each left side that has no partner yet. */
export type Draft = QuizAnswer | null;

export function emptyDraft(quiz: Quiz): Draft {
  switch (quiz.type) {
    case 'single':
      return null;
    case 'several':
      return [];
    case 'order':
      return quiz.items.map((_, index) => index);
    case 'match':
      return quiz.left.map(() => -1);
    case 'typed':
      return '';
  }
}

/** The answer to send, or null where something is still missing. */
export function finished(draft: Draft): QuizAnswer | null {
  if (typeof draft === 'string') return draft.trim() === '' ? null : draft.trim();
  if (Array.isArray(draft)) return draft.length === 0 || draft.includes(-1) ? null : draft;
  return draft;
}

/** Its lines as HTML of the lesson; what was typed is plain text. */
export type AnswerLines = { html: string[] } | { text: string };

export function answerLines(quiz: Quiz, answer: QuizAnswer): AnswerLines {
  if (typeof answer === 'string') return { text: answer };
  const chosen = typeof answer === 'number' ? [answer] : answer;
  const nth = (texts: string[], index: number) => texts[index] ?? '';
  switch (quiz.type) {
    case 'order':
      return { html: chosen.map((index) => nth(quiz.items, index)) };
    case 'match':
      return { html: chosen.map((index, at) => `${nth(quiz.left, at)} → ${nth(quiz.right, index)}`) };
    case 'typed':
      return { text: '' };
    default:
      return { html: [...chosen].sort((a, b) => a - b).map((index) => nth(quiz.choices, index)) };
  }
}

/** The order with the entry at one place moved to another; the same order where that place does not exist. */
export function moved(order: readonly number[], from: number, to: number): number[] {
  const entry = order[from];
  if (entry === undefined || to < 0 || to >= order.length) return [...order];
  const rest = order.toSpliced(from, 1);
  return rest.toSpliced(to, 0, entry);
}
