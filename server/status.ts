// What `npm run status` shows: who learns what, and which checks learners call wrong. Nothing secret is in it.

import { type Evidence, evidenceSchema } from '../protocol/session.ts';
import { visible } from './checks/quoted.ts';
import { withoutSecrets } from './checks/secrets.ts';
import type { Overview } from './store/overview.ts';

export interface Status extends Omit<Overview, 'reports'> {
  /** Process of the server that runs now, or null. */
  server: number | null;
  reports: {
    id: number;
    session: string;
    lesson: string;
    step: string;
    at: string;
    note: string;
    evidence: Evidence | null;
  }[];
}

/** Characters of a session's id, which is a digest of its cookie, that tell it from others. */
const SHORT = 8;
const MAX_LINES = 12;

export function statusOf(overview: Overview, server: number | null): Status {
  const short = (id: string) => id.slice(0, SHORT);
  return {
    server,
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
  const { server, sessions, sandboxes, reports } = status;
  const claimed = sandboxes.filter(({ session }) => session !== null).length;
  const lines = [
    server === null ? 'No server runs on this data folder.' : `Slipway runs (process ${server}).`,
    `${count(sessions.length, 'learner')}, ${count(sandboxes.length, 'practice computer')}, ${claimed} of them in use`,
    ...sessions.map(sessionLine),
    ...sandboxes.flatMap(leavingLine),
    '',
    reports.length === 0 ? 'No check was reported as wrong.' : `${count(reports.length, 'report')} of wrong checks:`,
    ...reports.flatMap(reportLines),
  ];
  return `${lines.map(visible).join('\n')}\n`;
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
