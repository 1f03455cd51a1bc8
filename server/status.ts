// What `npm run status` shows: how the server stands, who learns what, and which checks learners call wrong. Nothing secret is in it.

import { z } from 'zod';
import { type Evidence, evidenceSchema } from '../protocol/session.ts';
import { visible } from './checks/quoted.ts';
import { withoutSecrets } from './checks/secrets.ts';
import { type AddedImage, addedBytes, familiarName } from './images/added-index.ts';
import { type Live, liveSchema } from './live.ts';
import type { Overview } from './store/overview.ts';

/** What `npm run status -- --json` prints. */
export const statusSchema = z.object({
  /** Process of the server that runs now, or null. */
  server: z.int().nullable(),
  /** How that server stands; null where none runs, or it does not answer. */
  live: liveSchema.nullable(),
  /** Images that were added to the practice Docker Hub. */
  added: z.array(z.object({ name: z.string(), digest: z.string(), bytes: z.number(), addedMs: z.number() })),
  sessions: z.array(
    z.object({
      id: z.string(),
      createdMs: z.number(),
      lesson: z.string().nullable(),
      sandbox: z.string().nullable(),
      lessons: z.array(z.object({ lesson: z.string(), passed: z.int(), skipped: z.int() })),
    }),
  ),
  sandboxes: z.array(
    z.object({
      id: z.string(),
      slot: z.int(),
      session: z.string().nullable(),
      leavingMs: z.number().nullable(),
      trouble: z.string().nullable(),
    }),
  ),
  /** Checks that learners call wrong. */
  reports: z.array(
    z.object({
      id: z.int(),
      session: z.string(),
      lesson: z.string(),
      step: z.string(),
      at: z.iso.datetime(),
      note: z.string(),
      evidence: evidenceSchema.nullable(),
    }),
  ),
});
export type Status = z.infer<typeof statusSchema>;

export interface StatusParts {
  server: number | null;
  live: Live | null;
  added: readonly AddedImage[];
}

/** Characters of a session's id, which is a digest of its cookie, that tell it from others. */
const SHORT = 8;
const MAX_LINES = 12;

export function statusOf(overview: Overview, { server, live, added }: StatusParts): Status {
  const short = (id: string) => id.slice(0, SHORT);
  return {
    server,
    live,
    added: added.map((image) => ({
      name: familiarName(image),
      digest: image.manifest.digest,
      bytes: addedBytes([image]),
      addedMs: image.addedMs,
    })),
    sessions: overview.sessions.map((session) => ({ ...session, id: short(session.id) })),
    sandboxes: overview.sandboxes.map((sandbox) => ({
      ...sandbox,
      session: sandbox.session && short(sandbox.session),
    })),
    reports: overview.reports.map(({ id, session, lesson, step, atMs, note, evidence }) => ({
      id,
      session: short(session),
      lesson,
      step,
      at: new Date(atMs).toISOString(),
      note: withoutSecrets(note),
      evidence: readEvidence(evidence),
    })),
  };
}

/** Its texts are a learner's: none of them reaches the terminal with control characters. */
export function statusText(status: Status): string {
  const { server, live, added, sessions, sandboxes, reports } = status;
  const claimed = sandboxes.filter(({ session }) => session !== null).length;
  const lines = [
    serverLine(server, live),
    ...(live ? liveLines(live) : []),
    added.length === 0
      ? 'No image was added to the practice Docker Hub.'
      : `${count(added.length, 'added image')}: ${added.map(({ name, bytes }) => `${name} (${mib(bytes)})`).join(', ')}`,
    '',
    `${count(sessions.length, 'learner')}, ${count(sandboxes.length, 'practice computer')}, ${claimed} of them in use`,
    ...sessions.map(sessionLine),
    ...sandboxes.flatMap(leavingLine),
    '',
    reports.length === 0 ? 'No check was reported as wrong.' : `${count(reports.length, 'report')} of wrong checks:`,
    ...reports.flatMap(reportLines),
  ];
  return `${lines.map(visible).join('\n')}\n`;
}

function serverLine(server: number | null, live: Live | null): string {
  if (live) return `Slipway runs${server === null ? ' in a container' : ` (process ${server})`}.`;
  if (server !== null)
    return `Slipway runs (process ${server}) and does not answer: it starts, or is of another version.`;
  return 'No server runs on this data folder. This is what its store knows:';
}

function liveLines({ engine, sandboxes, sockets, memory, disk, lessons, hub, webhook }: Live): string[] {
  const { claimed, warm, making, waiting, max, healthy } = sandboxes;
  const least = `below ${mib(disk.leastFreeBytes)} no new computer is made`;
  const free = memory.availableBytes === null ? 'unknown' : mib(memory.availableBytes);
  const cache = hub.storedBytes === null ? '' : `; the cache takes ${mib(hub.storedBytes)} of ${mib(hub.capBytes)}`;
  const of = (outcome: 'hit' | 'miss' | 'full' | 'limited') =>
    Object.values(hub.requests).reduce((sum, outcomes) => sum + (outcomes[outcome] ?? 0), 0);
  return [
    `engine   ${engine}`,
    `pool     ${claimed} in use, ${warm} warm, ${making} being made, ${max} at most; ${count(waiting, 'learner')} in line${healthy ? '' : '; the last could not be made (see the log)'}`,
    `pages    ${count(sockets, 'open terminal')}`,
    `memory   ${free} free; the server takes ${mib(memory.serverBytes)}`,
    `disk     ${mib(disk.freeBytes)} free; ${least}`,
    `lessons  ${lessons.course} of the course, ${lessons.own} of your own${lessons.leftOut.length === 0 ? '' : '; left out:'}`,
    ...lessons.leftOut.map(({ file, line, message }) => `         ${file}:${line}: ${message}`),
    ...(webhook ? webhookLines(webhook) : []),
    `hub      ${hub.mode}${hub.ready ? '' : ', does not answer'}: ${hub.images.join(', ')}`,
    `         ${of('hit')} hits, ${of('miss')} misses, ${of('full')} refused at the cap; served ${mib(hub.servedBytes)}, fetched ${mib(hub.fetchedBytes)}${cache}`,
    ...(hub.mode === 'online' ? [`         ${limitText(hub)}`] : []),
  ];
}

function webhookLines({ origin, delivered, waiting, failed, trouble }: NonNullable<Live['webhook']>): string[] {
  const troubles = trouble === null ? [] : [`         the newest that failed: ${trouble}`];
  return [
    `webhook  ${count(delivered, 'completion')} told to ${origin}, ${waiting} waiting, ${failed} given up`,
    ...troubles,
  ];
}

function limitText({ rateLimit, limitedSinceMs }: Live['hub']): string {
  const since =
    limitedSinceMs === null ? '' : `Docker Hub gives no more since ${at(limitedSinceMs)}; what is there is served. `;
  if (!rateLimit) return `${since}What Docker Hub still gives is not known yet.`;
  const { limit, remaining, windowS, atMs } = rateLimit;
  const window = windowS === null ? '' : ` in ${+(windowS / 3600).toFixed(1)} h`;
  return `${since}Docker Hub still gives ${remaining} of ${limit} pulls${window} (asked ${at(atMs)})`;
}

const at = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

function mib(bytes: number): string {
  return bytes < 10 * 2 ** 30
    ? `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 1 : 0)} MiB`
    : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function sessionLine({ id, createdMs, lesson, sandbox, lessons }: Status['sessions'][number]): string {
  const since = new Date(createdMs).toISOString().slice(0, 16).replace('T', ' ');
  const done = lessons.map(
    ({ lesson: slug, passed, skipped }) => `${slug} ${passed}${skipped ? ` (+${skipped} skipped)` : ''}`,
  );
  const where = sandbox === null ? 'no computer' : `computer ${sandbox}`;
  return `  ${id}  since ${since}  ${where}  in ${lesson ?? 'no lesson'}${done.length ? `; passed: ${done.join(', ')}` : ''}`;
}

/** Only of those whose removal did not come to its end at once. */
function leavingLine({ id, leavingMs, trouble }: Status['sandboxes'][number]): string[] {
  if (leavingMs === null || trouble === null) return [];
  const since = new Date(leavingMs).toISOString().slice(0, 16).replace('T', ' ');
  return [`  computer ${id} is to go since ${since} and does not: ${trouble} (it is tried again by itself)`];
}

function reportLines({ id, session, lesson, step, at, note, evidence }: Status['reports'][number]): string[] {
  const lines = ['', `#${id}  ${at}  ${lesson} › ${step}  learner ${session}`];
  if (note) lines.push(...block('note', note));
  if (!evidence) return [...lines, '  nothing had been checked yet'];
  lines.push(...block(evidence.verdict, evidence.message || '(no words)'));
  const { command } = evidence;
  if (command)
    lines.push(
      ...block(
        'typed',
        `${command.line}   (${command.exitCode === null ? 'still running' : `exit code ${command.exitCode}`})`,
      ),
      ...block('shown', command.output),
    );
  for (const { asked, answer } of evidence.facts) lines.push(...block('asked', `${asked}\n→ ${answer}`));
  return lines;
}

function block(name: string, text: string): string[] {
  const all = text.trimEnd().split('\n');
  const shown = all.length > MAX_LINES ? [...all.slice(0, MAX_LINES), `… ${all.length - MAX_LINES} lines more`] : all;
  return shown.map((line, index) => `  ${(index === 0 ? name : '').padEnd(6)} ${line}`);
}

/** Null where there was none, or an older Slipway kept it in another shape. */
function readEvidence(kept: unknown): Evidence | null {
  const { data } = evidenceSchema.nullable().safeParse(kept);
  if (!data) return null;
  return {
    ...data,
    message: withoutSecrets(data.message),
    command: data.command && {
      ...data.command,
      line: withoutSecrets(data.command.line),
      output: withoutSecrets(data.command.output),
    },
    facts: data.facts.map(({ asked, answer }) => ({ asked: withoutSecrets(asked), answer: withoutSecrets(answer) })),
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
