// Proves a step's quizzes: no wrong answer is taken, each is told why, and the right one is taken.

import type { QuizAnswer } from '../../protocol/lesson.ts';
import { rightAnswer } from '../lessons/answer.ts';
import type { AskDigests } from '../lessons/digest-answer.ts';
import type { Lesson } from '../lessons/load.ts';
import type { LessonStep } from '../lessons/parse.ts';
import type { StepQuiz } from '../lessons/quiz.ts';
import type { LearnerSession } from './session.ts';

/** One thing that was tried, and whether it went as it must. */
export interface Claim {
  attempt: string;
  ok: boolean;
  saw?: string;
}

export async function proveQuizzes(session: LearnerSession, lesson: Lesson, step: LessonStep): Promise<Claim[]> {
  const claims: Claim[] = [];
  const ask = digestsFor(session);
  for (const [index, quiz] of step.quizzes.entries()) {
    const right = await rightAnswer(quiz, ask);
    for (const wrong of wrongAnswers(quiz, right)) {
      const { right: taken, html } = await session.help.answer(lesson, step, index, wrong);
      const saw = taken ? 'it was taken' : 'no reason';
      claims.push({ attempt: told(quiz, wrong), ok: !taken && html !== '', ...(taken || html === '' ? { saw } : {}) });
    }
    const judged = await session.help.answer(lesson, step, index, right);
    claims.push({ attempt: told(quiz, right), ok: judged.right, ...(judged.right ? {} : { saw: judged.html }) });
  }
  return claims;
}

/** Of tags, as a learner's registries have them now. */
export function digestsFor(session: LearnerSession): AskDigests {
  return async ({ registry, repository, tag }) => {
    const manifest = await session.sandbox?.registry(registry).manifest(repository, tag);
    return manifest ? { manifest: manifest.digest, config: manifest.configDigest } : null;
  };
}

/** Near the right one: each other choice, one choice too many or too few, two places changed, the listed wrong texts. */
function wrongAnswers(quiz: StepQuiz, right: QuizAnswer): QuizAnswer[] {
  switch (quiz.type) {
    case 'single':
      return quiz.choices.map((_, at) => at).filter((at) => at !== right);
    case 'several': {
      const chosen = right as number[];
      return quiz.choices
        .map((_, at) => (chosen.includes(at) ? chosen.filter((other) => other !== at) : [...chosen, at]))
        .filter((answer) => answer.length > 0);
    }
    case 'order':
    case 'match': {
      const places = right as number[];
      return places.slice(1).map((_, at) => {
        const [one, other] = [places[at] as number, places[at + 1] as number];
        return places.with(at, other).with(at + 1, one);
      });
    }
    case 'typed':
      return ['no such thing', ...Object.keys(quiz.wrong)];
  }
}

function told(quiz: StepQuiz, answer: QuizAnswer): string {
  return `${quiz.question} ← ${JSON.stringify(answer)}`;
}
