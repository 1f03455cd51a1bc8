// Which lessons are for whoever asks, and in which language.

import type { Request } from 'express';
import { type LessonSummary, type Lesson as LessonView, slugSchema } from '../../protocol/lesson.ts';
import type { Room } from '../classes/room.ts';
import { SlipwayError } from '../errors.ts';
import { type Lesson, type Lessons, lessonIn, summaryOf, viewOf } from '../lessons/load.ts';
import type { Visitors } from './visitors.ts';

export interface OfferParts {
  lessons: Lessons;
  visitors: Visitors;
  room: Room | null;
}

export class Offer {
  readonly #parts: OfferParts;

  constructor(parts: OfferParts) {
    this.#parts = parts;
  }

  /** All, or those of the learner's class. */
  to(request: Request): Lessons {
    const { lessons, visitors, room } = this.#parts;
    const person = visitors.person(request, null);
    const slugs = person && room?.classes.lessonsFor(person);
    return slugs ? lessons.only(slugs) : lessons;
  }

  /** Those that the learner may begin now. */
  open(request: Request): Lesson[] {
    const isNotOpenYet = this.#notOpenYet(request);
    return this.to(request).all.filter((lesson) => !isNotOpenYet(lesson));
  }

  /** Of all, also of those that the teacher opens later. */
  summaries(request: Request): LessonSummary[] {
    const isNotOpenYet = this.#notOpenYet(request);
    return this.to(request).all.map((lesson) => ({
      ...summaryOf(this.spoken(lesson, request)),
      ...(isNotOpenYet(lesson) ? { notOpenYet: true } : {}),
    }));
  }

  /** The one that the route names. Throws SlipwayError `unknown-lesson`, status 404, and `not-open-yet`, status 403. */
  lesson(request: Request): Lesson {
    const lesson = this.to(request).get(slugSchema.catch('').parse(request.params.lesson));
    if (!this.#notOpenYet(request)(lesson)) return lesson;
    throw new SlipwayError('not-open-yet', `“${lesson.title}” is not open yet: your teacher opens it for the class.`, {
      next: 'Go on with the lessons that are open. This one opens here by itself.',
      status: 403,
    });
  }

  /** Only for its texts: a session knows the English one. */
  spoken(lesson: Lesson, request: Request): Lesson {
    return lessonIn(lesson, (languages) => request.acceptsLanguages(languages));
  }

  view(lesson: Lesson, request: Request): LessonView {
    return viewOf(this.spoken(lesson, request), this.to(request).after(lesson));
  }

  /** Who asks and how their class stands is looked up once for all lessons. */
  #notOpenYet(request: Request): (lesson: Lesson) => boolean {
    const { visitors, room } = this.#parts;
    const person = visitors.person(request, null);
    const later = (person && room?.classes.notOpenYet(person)) ?? (() => false);
    return ({ slug }) => later(slug);
  }
}
