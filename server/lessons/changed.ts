// Which lessons' files differ from a commit, for proofs of only those.

import { execFileSync } from 'node:child_process';
import { messageOf, SlipwayError } from '../errors.ts';
import type { Lesson } from './load.ts';

/** Lessons with a file that was changed, added or removed since `ref`, committed or not. Throws SlipwayError `git`. */
export function changedSince(ref: string, lessons: readonly Lesson[]): Lesson[] {
  const changed = new Map([...new Set(lessons.map(({ dir }) => dir))].map((dir) => [dir, filesSince(ref, dir)]));
  return lessons.filter(({ dir, folder }) => changed.get(dir)?.some((file) => file.startsWith(`${folder}/`)));
}

/** Relative to the folder. */
function filesSince(ref: string, dir: string): string[] {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).split('\n');
  try {
    return [
      ...git('diff', '--name-only', '--relative', ref, '--', '.'),
      ...git('ls-files', '--others', '--exclude-standard', '.'),
    ];
  } catch (cause) {
    throw new SlipwayError('git', `git cannot tell what changed since ${ref}: ${messageOf(cause)}`, {
      next: 'Name the lessons instead: npm run lessons -- test the-round-trip',
      cause,
    });
  }
}
