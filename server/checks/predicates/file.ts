// `file`: a file at home has this content.

import { z } from 'zod';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { homePathParam, pattern, patternParam } from './params.ts';

const params = z.strictObject({
  path: homePathParam.describe('the file, `~/auth/htpasswd`'),
  matches: patternParam.describe('regular expression that its text must match'),
  says: z.string().min(1).optional().describe('what the learner reads where the file is there and does not match'),
});

export const file: Predicate<z.infer<typeof params>> = {
  type: 'file',
  summary: 'a file in the home folder has this content',
  params,
  names: ({ path }) => [{ program: '', words: [path] }],
  async evaluate(world, { path, matches, says }) {
    const text = await world.files.read(path);
    if (text === null) return fail(`There is no file ${code(path)} yet; this step asks for one.`);
    if (pattern(matches).test(text)) return pass;
    if (says !== undefined) return fail(says);
    const empty = text.trim() === '' ? 'is empty' : "doesn't hold what this step asks for";
    return fail(`The file ${code(path)} ${empty}. Look at it with ${code(`cat ${path}`)}.`);
  },
};
