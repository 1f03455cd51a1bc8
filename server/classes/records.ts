// What lasts of a learner's work, lesson by lesson: marks, times, failed tries, hints, and answers to quizzes.

import type { ClassReport, LessonRecord } from '../../protocol/records.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import type { Store } from '../store/store.ts';
import type { Classes } from './classes.ts';

type StepRecord = LessonRecord['eachStep'][number];

/** Of these lessons, in their order; all is empty where no run was begun. */
export function recordOf(store: Store, session: string | null, lessons: readonly Lesson[]): LessonRecord[] {
  const facts = session === null ? null : factsOf(store, session);
  return lessons.filter(({ steps }) => steps.length > 0).map((lesson) => lessonRecord(lesson, facts));
}

/** Throws `no-class`. */
export function classReport(store: Store, classes: Classes, lessons: Lessons, id: number): ClassReport {
  const { name, lessons: slugs } = classes.get(id);
  const own = lessons.only(slugs).all;
  return {
    class: name,
    learners: store.people
      .inClass(id)
      .map(({ id: person, name, session }) => ({ id: person, name, lessons: recordOf(store, session, own) })),
  };
}

type Facts = ReturnType<typeof factsOf>;

function factsOf(store: Store, session: string) {
  const key = ({ lesson, step }: { lesson: string; step: string }) => `${lesson} ${step}`;
  const { hints, shown, quizzes } = store.steps.of(session);
  return {
    key,
    marks: new Map(store.markedSteps(session).map((row) => [key(row), row])),
    times: new Map(store.times.of(session).map((row) => [key(row), row])),
    tries: Map.groupBy(store.quizTries.of(session), key),
    right: Map.groupBy(quizzes, key),
    hints: Map.groupBy(hints, key),
    shown: new Set(shown.map(key)),
  };
}

function lessonRecord({ slug, title, steps }: Lesson, facts: Facts | null): LessonRecord {
  const eachStep = steps.map((step): StepRecord => {
    const at = facts?.key({ lesson: slug, step: step.id }) ?? '';
    const time = facts?.times.get(at);
    const mark = facts?.marks.get(at);
    return {
      step: step.id,
      title: step.title,
      mark: mark?.mark ?? null,
      markedMs: mark?.atMs ?? null,
      workedMs: time && mark ? Math.max(0, (time.endedMs ?? mark.atMs) - time.begunMs) : null,
      failedTries: time?.tries ?? 0,
      hints: facts?.hints.get(at)?.length ?? 0,
      shown: facts?.shown.has(at) ?? false,
      quizTries: facts?.tries.get(at)?.length ?? 0,
      quizRight: facts?.right.get(at)?.length ?? 0,
    };
  });
  const sum = (of: (step: StepRecord) => number) => eachStep.reduce((total, step) => total + of(step), 0);
  const begun = steps.flatMap(({ id }) => facts?.times.get(facts.key({ lesson: slug, step: id }))?.begunMs ?? []);
  const marked = eachStep.flatMap(({ markedMs }) => markedMs ?? []);
  return {
    lesson: slug,
    title,
    steps: steps.length,
    passed: eachStep.filter(({ mark }) => mark === 'passed').length,
    skipped: eachStep.filter(({ mark }) => mark === 'skipped').length,
    begunMs: begun.length > 0 ? Math.min(...begun) : null,
    finishedMs: marked.length === steps.length ? Math.max(...marked) : null,
    workedMs: sum(({ workedMs }) => workedMs ?? 0),
    failedTries: sum(({ failedTries }) => failedTries),
    hints: sum(({ hints }) => hints),
    shown: eachStep.filter(({ shown }) => shown).length,
    quizTries: sum(({ quizTries }) => quizTries),
    quizRight: sum(({ quizRight }) => quizRight),
    eachStep,
  };
}
