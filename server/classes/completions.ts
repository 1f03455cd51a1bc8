// What a learner has completed: a lesson once every step is passed, and a class once all its lessons are.

import type { Completion } from '../../protocol/webhook.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import type { PersonRow } from '../store/people-store.ts';
import type { Store } from '../store/store.ts';
import { newToken } from '../tokens.ts';
import type { Classes } from './classes.ts';
import { recordOf } from './records.ts';

export interface CompletionsParts {
  store: Store;
  classes: Classes;
  lessons: Lessons;
}

/** Keeps each as it happens, and then calls `kept`, until the function that it returns is called. */
export function keepCompletions({ store, classes, lessons }: CompletionsParts, kept: () => void): () => void {
  return store.watchMarks((session, slug) => {
    const person = store.people.withSession(session);
    if (person?.class == null) return;
    const own = lessons.only(classes.lessonsFor(person) ?? []).all.filter(({ steps }) => steps.length > 0);
    const lesson = own.find((one) => one.slug === slug);
    if (!lesson) return;
    const isNew = keep(person, [lesson], 'lesson.completed', slug);
    if (isNew) keep(person, own, 'class.completed', '');
    if (isNew) kept();
  });

  /** Answers false where it is not done, or was kept before. */
  function keep(person: PersonRow, done: readonly Lesson[], event: Completion['event'], lesson: string): boolean {
    const ofClass = person.class as number;
    if (store.completions.has(person.id, ofClass, lesson)) return false;
    const record = recordOf(store, person.session, done);
    if (record.some(({ passed, steps }) => passed < steps)) return false;
    const sum = (of: (one: (typeof record)[number]) => number) => record.reduce((total, one) => total + of(one), 0);
    const madeMs = Date.now();
    const [first] = done;
    const body: Completion = {
      id: newToken(),
      event,
      at: new Date(madeMs).toISOString(),
      class: { id: ofClass, name: classes.get(ofClass).name },
      learner: { id: person.id, name: person.name },
      lesson: lesson === '' || !first ? null : { slug: lesson, title: first.title },
      steps: sum(({ steps }) => steps),
      workedSeconds: Math.round(sum(({ workedMs }) => workedMs) / 1000),
      failedTries: sum(({ failedTries }) => failedTries),
      hints: sum(({ hints }) => hints),
      solutionsShown: sum(({ shown }) => shown),
    };
    const row = { id: body.id, person: person.id, class: ofClass, lesson, body: JSON.stringify(body), madeMs };
    return store.completions.add(row);
  }
}
