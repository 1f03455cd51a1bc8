// Which lessons one builds on: each must be there, and come before it.

import { join } from 'node:path';
import { readLessonFile } from './files.ts';
import { nearest } from './nearest.ts';
import { LessonError } from './yaml.ts';

type Needing = { slug: string; dir: string; folder: string; needs: readonly string[] };

/** Throws LessonError. `before`: those that a learner comes by earlier. */
export function requireNeeds(lesson: Needing, before: readonly Needing[]): void {
  const known = before.map(({ slug }) => slug);
  const wrong = lesson.needs.find((slug) => !known.includes(slug));
  if (wrong === undefined) return;
  const near = nearest(wrong, known);
  const file = join(lesson.dir, lesson.folder, 'lesson.md');
  const lines = readLessonFile(file, lesson.dir).split('\n');
  const line = lines.findIndex((text) => text.startsWith('needs:')) + 1;
  const meant = near ? `; did you mean \`${near}\`?` : '';
  throw new LessonError(file, Math.max(1, line), `\`needs\`: there is no lesson \`${wrong}\` before this one${meant}`);
}
