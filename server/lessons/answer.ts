// Judges what a learner answered to a quiz, and says why.

import type { QuizAnswer } from '../../protocol/lesson.ts';
import { SlipwayError } from '../errors.ts';
import { type AskDigests, judgeDigest } from './digest-answer.ts';
import { plain } from './plain.ts';
import { rightsOf, type StepQuiz } from './quiz.ts';
import { renderInline, renderText } from './render.ts';

/** `html` is of our own lesson files. */
export interface Judgement {
  right: boolean;
  html: string;
}

type QuizOf<Type extends StepQuiz['type']> = Extract<StepQuiz, { type: Type }>;

/**
 * `ask` tells the digests of a tag as they are now; a quiz about a digest needs it, and what it throws is thrown.
 * Throws SlipwayError `bad-answer`, status 400, for an answer that is none to this quiz.
 */
export async function answerQuiz(quiz: StepQuiz, answer: QuizAnswer, ask: AskDigests): Promise<Judgement> {
  switch (quiz.type) {
    case 'single':
      return judgeSingle(quiz, answer);
    case 'several':
      return judgeSeveral(quiz, answer);
    case 'order':
      return judgeOrder(quiz, answer);
    case 'match':
      return judgeMatch(quiz, answer);
    case 'typed':
      return judgeTyped(quiz, answer, ask);
  }
}

/** The answer that is right; for a digest it has to be asked for. */
export async function rightAnswer(quiz: StepQuiz, ask: AskDigests): Promise<QuizAnswer> {
  switch (quiz.type) {
    case 'single':
      return quiz.order.findIndex((index) => quiz.choices[index]?.right);
    case 'several':
      return quiz.order.flatMap((index, at) => (quiz.choices[index]?.right ? [at] : []));
    case 'order':
      return quiz.items.map((_, index) => quiz.order.indexOf(index));
    case 'match': {
      const rights = rightsOf(quiz.pairs);
      return Object.values(quiz.pairs).map((right) => quiz.order.indexOf(rights.indexOf(right)));
    }
    case 'typed':
      return quiz.digest ? ((await ask(quiz.digest))?.[quiz.digest.of] ?? '') : (quiz.answer ?? '');
  }
}

function judgeSingle(quiz: QuizOf<'single'>, answer: QuizAnswer): Judgement {
  if (typeof answer !== 'number') throw badAnswer('the number of one choice');
  const choice = quiz.choices[quiz.order[answer] ?? -1];
  if (!choice) throw badAnswer('the number of one choice');
  return { right: choice.right, html: renderText(choice.why) };
}

function judgeSeveral(quiz: QuizOf<'several'>, answer: QuizAnswer): Judgement {
  const chosen = indexes(answer, quiz.order.length, 'the numbers of the choices').map((at) => quiz.order[at]);
  if (new Set(chosen).size !== chosen.length) throw badAnswer('each choice once');
  if (chosen.length === 0) return { right: false, html: renderText('Nothing is chosen yet.') };
  const wrong = quiz.choices.filter((choice, index) => !choice.right && chosen.includes(index));
  const missing = quiz.choices.filter((choice, index) => choice.right && !chosen.includes(index));
  const reasons = (choices: typeof wrong) =>
    `<ul>${choices.map(({ text, why }) => `<li><strong>${renderInline(text)}</strong> ${renderInline(why)}</li>`).join('')}</ul>`;
  if (wrong.length === 0 && missing.length === 0)
    return { right: true, html: reasons(quiz.choices.filter(({ right }) => right)) };
  const listed = (head: string, choices: typeof wrong) =>
    choices.length === 0 ? '' : `<p>${head}</p>${reasons(choices)}`;
  return { right: false, html: listed('Not right:', wrong) + listed('Left out:', missing) };
}

function judgeOrder(quiz: QuizOf<'order'>, answer: QuizAnswer): Judgement {
  const placed = indexes(answer, quiz.order.length, 'each item once').map((at) => quiz.order[at]);
  if (placed.length !== quiz.items.length || new Set(placed).size !== placed.length) throw badAnswer('each item once');
  const right = placed.every((index, at) => index === at);
  return { right, html: renderText(quiz.why) };
}

function judgeMatch(quiz: QuizOf<'match'>, answer: QuizAnswer): Judgement {
  const rights = rightsOf(quiz.pairs);
  const pairs = Object.entries(quiz.pairs);
  const chosen = indexes(answer, rights.length, 'one right side for each left one').map(
    (at) => rights[quiz.order[at] as number],
  );
  if (chosen.length !== pairs.length) throw badAnswer('one right side for each left one');
  const wrong = pairs.filter(([, right], at) => chosen[at] !== right).map(([left]) => left);
  if (wrong.length === 0) return { right: true, html: renderText(quiz.why) };
  const said = wrong.flatMap((left) => (quiz.wrong[left] ? [quiz.wrong[left]] : []));
  // What has no words of its own has those of the whole.
  const texts = said.length === wrong.length ? said : [...said, quiz.why];
  return { right: false, html: texts.map(renderText).join('') };
}

async function judgeTyped(quiz: QuizOf<'typed'>, answer: QuizAnswer, ask: AskDigests): Promise<Judgement> {
  if (typeof answer !== 'string') throw badAnswer('a text');
  const typed = plain(answer);
  if (typed === '') return { right: false, html: renderText('Nothing is typed yet.') };
  const { digest } = quiz;
  if (digest) {
    const judged = judgeDigest(answer, digest, await ask(digest));
    if (judged === 'right') return { right: true, html: renderText(quiz.why) };
    if (judged !== null) return { right: false, html: renderText(judged) };
  } else if ([quiz.answer ?? '', ...quiz.accept].some((text) => plain(text) === typed)) {
    return { right: true, html: renderText(quiz.why) };
  }
  const known = Object.entries(quiz.wrong).find(([text]) => plain(text) === typed);
  return { right: false, html: renderText(known ? known[1] : quiz.why) };
}

function indexes(answer: QuizAnswer, below: number, expected: string): number[] {
  const known = (index: unknown) => Number.isInteger(index) && (index as number) >= 0 && (index as number) < below;
  if (!Array.isArray(answer) || !answer.every(known)) throw badAnswer(expected);
  return answer;
}

function badAnswer(expected: string): SlipwayError {
  return new SlipwayError('bad-answer', `This is no answer to the question; expected ${expected}.`, {
    next: 'Reload the page and answer again.',
    status: 400,
  });
}
