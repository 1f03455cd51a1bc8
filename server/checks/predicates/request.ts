// `request`: curl asked exactly this address and got an answer.

import { z } from 'zod';
import { accepts, type CurlRequest, normalisedUrl, sameAddress, userOf } from '../curl-request.ts';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { answerProblem, isOldFormat, refusedLogin } from './answer-near-miss.ts';
import { curlRequests, failOf, isOvertaken, newestFirst, type ParsedRecord } from './commands.ts';
import { pattern, patternParam } from './params.ts';
import { type Asked, requestProblem } from './request-near-miss.ts';

const params = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('the address, `http://localhost:5000/v2/_catalog`'),
  method: z.enum(['GET', 'HEAD']).optional().describe('GET unless said otherwise'),
  accept: z.string().optional().describe('media type that the Accept header must name'),
  output: patternParam.optional().describe('regular expression that what was printed must match'),
  user: z.string().min(1).optional().describe('user who must be named with `-u user:password`, and let in'),
});

export const request: Predicate<z.infer<typeof params>> = {
  type: 'request',
  summary: 'curl asked exactly this address and got an answer',
  params,
  readsPrompt: true,
  async evaluate(world, { url, method = 'GET', accept, output, user }) {
    const asked: Asked = { url: normalisedUrl(url), method, accept, user };
    const records = newestFirst(world);
    if (records.some((parsed) => isAnswered(parsed, asked, output))) return pass;
    // What was typed last counts, so that an old mistake is not told again after a new one.
    const newest = records.find((parsed) => curlRequests(parsed).length > 0);
    const requests = newest ? curlRequests(newest) : [];
    const nearest = requests.find(({ url: typed }) => sameAddress(typed, asked.url)) ?? requests[0];
    const what = `${method === 'HEAD' ? 'the headers of ' : ''}${code(url)}`;
    if (!newest || !nearest || isOvertaken(records, newest.record))
      return fail(`This step asks for ${what} with \`curl\`.`);
    const problem =
      requestProblem(nearest, asked, newest.record) ?? (await answerProblem(world, nearest, asked, newest));
    return failOf(records, newest.record, problem);
  },
};

function isAnswered(parsed: ParsedRecord, asked: Asked, output: string | undefined): boolean {
  const { exitCode, output: printed } = parsed.record;
  if (exitCode !== 0 || (asked.user !== undefined && refusedLogin(printed))) return false;
  if (output !== undefined && !pattern(output).test(printed)) return false;
  return curlRequests(parsed).some((one) => answers(one, asked, printed));
}

function answers(seen: CurlRequest, asked: Asked, printed: string): boolean {
  return (
    !seen.asksHelp &&
    sameAddress(seen.url, asked.url) &&
    seen.method === asked.method &&
    (accepts(seen, asked.accept) || (seen.hidesHeaders && !isOldFormat(printed))) &&
    (asked.user === undefined || userOf(seen) === asked.user)
  );
}
