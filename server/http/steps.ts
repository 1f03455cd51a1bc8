// The routes of one step: open and skip it, its questions, hints and solution, its evidence, and the report of a wrong check.

import express, { type Request, type Response } from 'express';
import { quizAnswerSchema } from '../../protocol/lesson.ts';
import { type QuizResult, reportSchema } from '../../protocol/session.ts';
import { SlipwayError } from '../errors.ts';
import type { Lesson } from '../lessons/load.ts';
import type { LessonStep } from '../lessons/parse.ts';
import { unknownStep } from '../sessions/problems.ts';
import type { LearnerSession } from '../sessions/session.ts';
import { bodyOf, nothing } from './body.ts';

export interface StepRouteParts {
  /** Throws where there is no session. */
  learner: (request: Request) => LearnerSession;
  /** Throws where there is no such lesson. */
  lessonOf: (request: Request) => Lesson;
  /** The lesson in the language that is asked for. */
  spoken: (lesson: Lesson, request: Request) => Lesson;
}

interface Asked {
  request: Request;
  session: LearnerSession;
  lesson: Lesson;
  step: LessonStep;
}

export function stepRoutes({ learner, lessonOf, spoken }: StepRouteParts): express.Router {
  const router = express.Router({ mergeParams: true });
  const asked = (request: Request): Asked => {
    const session = learner(request);
    const lesson = lessonOf(request);
    return { request, session, lesson, step: stepOf(lesson, request.params.step) };
  };
  /** Answers with the session as it is afterwards. */
  const change = (act: (asked: Asked) => unknown) => async (request: Request, response: Response) => {
    const about = asked(request);
    await act(about);
    response.json(about.session.view());
  };
  const plain = (act: (asked: Asked) => Promise<void>) =>
    change((about) => {
      bodyOf(about.request, nothing);
      return act(about);
    });

  router.post(
    '/open',
    plain(({ session, lesson, step }) => session.chooseStep(lesson, step.id)),
  );
  router.post(
    '/skip',
    plain(({ session, lesson, step }) => session.skipStep(lesson, step.id)),
  );
  router.post(
    '/hint',
    plain(({ session, lesson, step }) => session.help.hint(lesson, step)),
  );
  router.post(
    '/show',
    plain(({ session, lesson, step }) => session.help.show(lesson, step)),
  );
  router.post('/quizzes/:quiz', async (request, response) => {
    const { session, lesson, step } = asked(request);
    const { answer } = bodyOf(request, quizAnswerSchema);
    const quiz = /^\d{1,2}$/.test(request.params.quiz) ? Number(request.params.quiz) : -1;
    // What a quiz accepts and says stands in the text that was read.
    const read = stepOf(spoken(lesson, request), step.id);
    const { right, html } = await session.help.answer(lesson, read, quiz, answer);
    response.json({ right, html, session: session.view() } satisfies QuizResult);
  });
  router.get('/values', async (request, response) => {
    const { session, lesson, step } = asked(request);
    response.json(await session.help.values(lesson, step));
  });
  router.post(
    '/report',
    change(({ request, session, lesson, step }) =>
      session.help.report(lesson, step.id, bodyOf(request, reportSchema).note),
    ),
  );
  router.get('/evidence', (request, response) => {
    const { session, lesson, step } = asked(request);
    const evidence = session.help.evidence(lesson, step.id);
    if (evidence) return void response.json(evidence);
    throw new SlipwayError('no-evidence', 'Nothing has been checked in this step yet.', {
      next: 'Type a command of this step first.',
      status: 404,
    });
  });
  return router;
}

function stepOf(lesson: Lesson, id: unknown): LessonStep {
  const step = lesson.steps.find((other) => other.id === id);
  if (step) return step;
  throw unknownStep();
}
