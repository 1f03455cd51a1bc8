// What the document of a lesson brings along, as a learner's browser gets it.

import { BROUGHT_ID, type Brought, broughtSchema } from '../../protocol/brought.ts';
import type { Learner } from './learner.ts';

/** Null where it brings nothing. */
export async function broughtTo(learner: Learner, lesson: string): Promise<Brought | null> {
  const answer = await learner.get(`/lessons/${lesson}`);
  const [, json] = new RegExp(`id="${BROUGHT_ID}">([^<]*)</script>`).exec(await answer.text()) ?? [];
  if (json === undefined) return null;
  // What a browser kept would tell how far the learner was then.
  if (answer.headers.get('cache-control') !== 'no-store') throw new Error('a browser may keep it');
  return broughtSchema.parse(JSON.parse(json));
}
