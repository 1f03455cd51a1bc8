// The command that removes a large thing, as the learner would type it.

import type { LargeThing } from '../../../protocol/session.ts';

/** What a shell takes as it stands. */
const PLAIN = /^[\w./:@~][\w./:@~+-]*$/;

/** Null where none is safe to copy: a folder may hold what is wanted, a name may mean something else to a shell. */
export function removalOf({ kind, name }: LargeThing): string | null {
  if (kind === 'untagged') return 'docker image prune';
  if (kind === 'build-cache') return 'docker builder prune';
  if (kind === 'folder' || !PLAIN.test(name)) return null;
  if (kind === 'file') return `rm ${name}`;
  return { image: `docker image rm ${name}`, container: `docker rm -f ${name}`, volume: `docker volume rm ${name}` }[
    kind
  ];
}
