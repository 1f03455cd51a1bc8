// Why the answer to a request to the right address is not the one that a step asks for.

import { accepts, type CurlRequest, userOf } from '../curl-request.ts';
import { code } from '../quoted.ts';
import type { World } from '../types.ts';
import type { ParsedRecord } from './commands.ts';
import { endProblem } from './end-near-miss.ts';
import { isTypo } from './near-miss.ts';
import type { Asked } from './request-near-miss.ts';
import { unanswered } from './unanswered.ts';

const refused = 7;

export async function answerProblem(
  world: World,
  seen: CurlRequest,
  asked: Asked,
  parsed: ParsedRecord,
): Promise<string> {
  const { exitCode, output } = parsed.record;
  // In a pipe curl's own end isn't told, and `-s` keeps it quiet.
  const isSilent = output.trim() === '' && parsed.pipelines.some((pipeline) => pipeline.length > 1);
  const silence = exitCode === refused || isSilent ? await unanswered(world, asked.url, exitCode === refused) : null;
  return (
    silence ??
    goneProblem(output) ??
    headerProblem(seen, asked, output) ??
    loginProblem(seen, asked, output) ??
    endProblem(parsed, asked.url) ??
    intoFile(seen, parsed) ??
    emptyList(output) ??
    `You asked ${code(asked.url)}, which is right, but the answer isn't what this step looks for. Let curl print all of it.`
  );
}

/** Whether what was printed is a manifest of schema 1, or tells of one. */
export function isOldFormat(output: string): boolean {
  return /manifest\.v1\+prettyjws|"schemaVersion":\s*1\b/.test(output);
}

/** Whether the answer is the registry's refusal of who asked. */
export function refusedLogin(output: string): boolean {
  return /"code":\s*"UNAUTHORIZED"|^HTTP\/[\d.]+ 401\b/m.test(output);
}

function goneProblem(output: string): string | null {
  if (/"code":\s*"NAME_UNKNOWN"/.test(output))
    return 'The registry has no such repository any more (`NAME_UNKNOWN`). Look at `/v2/_catalog`, and push it again.';
  if (/"code":\s*"MANIFEST_UNKNOWN"/.test(output))
    return 'The registry has no such tag any more (`MANIFEST_UNKNOWN`). Look at `/tags/list`, and push it again.';
  return null;
}

function headerProblem(seen: CurlRequest, { accept }: Asked, output: string): string | null {
  if (accept === undefined || accepts(seen, accept)) return null;
  if (seen.hidesHeaders && !isOldFormat(output)) return null;
  const slip = headerSlip(seen.headerLines, accept);
  if (slip) return slip;
  const given = seen.headers.get('accept');
  if (given !== undefined && !seen.hidesHeaders)
    return `Your Accept header names ${code(given)}; this step asks for ${code(accept)}.`;
  const header = code(`-H 'Accept: ${accept}'`);
  return isOldFormat(output)
    ? `You got the old format, schema 1: other bytes, another digest. Say which format you accept: ${header}.`
    : `Without an Accept header this registry answers in the old format, schema 1. Say which format you accept: ${header}.`;
}

/** A header that was meant to be the Accept header. */
export function headerSlip(lines: readonly string[], accept: string): string | null {
  for (const line of lines) {
    const [, name = '', colon] = /^\s*([\w-]+)\s*(:?)/.exec(line) ?? [];
    if (colon === '' && /^accept\b/i.test(name))
      return `Between a header's name and its value stands a colon, \`Accept: …\`, and yours is ${code(line)}.`;
    if (isTypo(name.toLowerCase(), 'accept')) return `You typed ${code(name)}, and probably mean \`Accept\`.`;
    if (/^content-type$/i.test(name) && line.includes(accept))
      return `${code(name)} tells what you send. What you want to get stands in \`Accept\`: ${code(`-H 'Accept: ${accept}'`)}.`;
  }
  return null;
}

function loginProblem(seen: CurlRequest, { user }: Asked, output: string): string | null {
  if (user === undefined) return null;
  const given = userOf(seen);
  if (given === null)
    return `You asked without a login, and curl doesn't read what \`docker login\` keeps. Name the user with ${code(`-u ${user}:…`)}.`;
  if (given !== user) return `You asked as ${code(given)}; this step asks for the user ${code(user)}.`;
  return refusedLogin(output) ? `The registry refused ${code(user)} with that password. Look at it again.` : null;
}

/** Whose answer is not shown because it went elsewhere. */
export function intoFile(seen: CurlRequest, { record }: ParsedRecord): string | null {
  if (seen.toFile) return 'The answer went into a file. Let curl print it: leave out `-o`.';
  const redirected = /(?:^|[^2-9&<>=-])(?:>>?|>\|)\s*[^\s&>(|]/.test(record.line);
  return redirected && record.output.trim() === ''
    ? 'The answer went into a file. Let curl print it: leave out the `>` and what stands behind it.'
    : null;
}

/** What a registry's own whole list says, where it lacks what the step looks for. */
function emptyList(output: string): string | null {
  if (/"repositories":\s*\[\s*\]/.test(output))
    return 'The registry answered, and it is empty: no repository is in its list. Push an image to it again, or start the lesson again.';
  return /"repositories":\s*\[[^\]]*\]\s*\}|"tags":\s*(null|\[[^\]]*\])\s*\}/.test(output)
    ? 'The registry answered, but its list lacks what this step looks for. Push that again, or start the lesson again.'
    : null;
}
