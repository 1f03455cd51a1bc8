// What a learner may ask of a session that it cannot do now, with what to do instead.

import { SlipwayError } from '../errors.ts';

const conflict = (code: string, message: string, next: string) =>
  new SlipwayError(code, message, { next, status: 409 });

export const notOpen = () =>
  conflict('not-open', 'Another lesson is open.', 'Open this one again, from the list of lessons.');
