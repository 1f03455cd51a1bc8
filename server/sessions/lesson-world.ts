// What the map has to know of the open lesson, and of what happened.

import type { EngineEvent } from '../engine/types.ts';
import type { Lesson } from '../lessons/load.ts';
import type { LessonWorld } from '../map/world-reading.ts';

const PULL = /^docker (?:image )?pull (?:-\S+ )*(\S+)$/;

/** Which images of Docker Hub it speaks of, and who its registry at localhost:5000 knows. */
export function worldOf(lesson: Lesson | null): LessonWorld {
  if (!lesson) return { hubImages: [], users: {} };
  const { images, names, registries, containers } = lesson.setup;
  const pulled = lesson.steps.flatMap(({ solution }) => solution.flatMap((line) => PULL.exec(line)?.[1] ?? []));
  return {
    hubImages: [...images, ...Object.values(names), ...containers.map(({ image }) => image), ...pulled],
    users: registries.find(({ port }) => port === 5000)?.users ?? {},
  };
}

/** Whether it can have changed nothing but the engine. A container may be a registry, or do something in one. */
export function isLocal({ kind, action }: EngineEvent): boolean {
  return kind === 'image' && action !== 'push';
}
