// Which lessons are for whoever asks, and in which language.

import type { Request } from 'express';
import { type Lesson as LessonView, slugSchema } from '../../protocol/lesson.ts';
import type { Room } from '../classes/room.ts';
import { type Lesson, type Lessons, lessonIn, viewOf } from '../lessons/load.ts';
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

  /** The one that the route names. Throws SlipwayError `unknown-lesson`, status 404. */
  lesson(request: Request): Lesson {
    return this.to(request).get(slugSchema.catch('').parse(request.params.lesson));
  }

  /** Only for its texts: a session knows the English one. */
  spoken(lesson: Lesson, request: Request): Lesson {
    return lessonIn(lesson, (languages) => request.acceptsLanguages(languages));
  }

  view(lesson: Lesson, request: Request): LessonView {
    return viewOf(this.spoken(lesson, request), this.to(request).after(lesson));
  }
}
