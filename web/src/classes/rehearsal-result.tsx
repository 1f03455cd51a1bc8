// What a rehearsal showed: a sentence, what to do next, and the figures behind it.

import { routes } from '../../../protocol/http.ts';
import type { LessonSummary } from '../../../protocol/lesson.ts';
import type { Rehearsal, RehearsalReason } from '../../../protocol/rehearsal.ts';
import { binaryBytes, duration } from '../amounts.ts';
import { roomTexts } from '../room-texts.ts';

type Props = { last: Rehearsal; lesson: LessonSummary | null; ofClass: number };

export function RehearsalResult({ last, lesson, ofClass }: Props) {
  const words = roomTexts.rehearsal;
  const { judgement, state, stoppedFor } = last;
  const unfinished = state === 'broken-off' ? words.ends.brokenOff : words.ends[stoppedFor ?? 'teacher'];
  return (
    <div class="rehearsal-result" data-fits={judgement?.fits ?? 'unknown'}>
      <p class="rehearsal-when">
        {words.when({ at: new Date(last.startedMs), clock: new Date(last.startedMs) })}
        {lesson && <span lang={lesson.language}>{lesson.title}</span>}
      </p>
      <p class="rehearsal-judgement">{judgement ? judged(judgement, last.learners) : unfinished}</p>
      {judgement && judgement.reasons.length > 0 && (
        <ul>
          {judgement.reasons.map((reason) => (
            <li key={reason}>{nextFor(reason, last)}</li>
          ))}
        </ul>
      )}
      {judgement && <p>{words.next[judgement.fits]}</p>}
      {state !== 'broken-off' && <Figures last={last} />}
      <p class="rehearsal-json">
        <a href={routes.rehearsal(ofClass)} download={`rehearsal-${ofClass}.json`}>
          {words.json}
        </a>
      </p>
    </div>
  );
}

function Figures({ last }: { last: Rehearsal }) {
  const words = roomTexts.rehearsal.figures;
  const { got, learners, waitMs, commands, steps, verdictMs, lowest, kept, pressure, inUse } = last;
  const time = (ms: number) => duration(ms / 1_000);
  const room = (free: number | null, least: number) =>
    free === null ? null : words.free({ free: binaryBytes(free), kept: binaryBytes(least) });
  const rows: [string, string | null][] = [
    [words.computers, words.of({ n: got, m: learners })],
    [
      words.waits,
      waitMs && words.waited({ first: time(waitMs.first), median: time(waitMs.median), last: time(waitMs.last) }),
    ],
    [words.commands, words.of({ n: commands.succeeded, m: commands.tried })],
    [words.steps, words.of({ n: steps.passed, m: steps.tried })],
    [words.verdicts, verdictMs && words.within({ p50: verdictMs.p50, p95: verdictMs.p95 })],
    [words.memory, room(lowest.memoryBytes, kept.memoryBytes)],
    [words.disk, room(lowest.diskBytes, kept.diskBytes)],
    [words.processors, pressure === null ? null : words.waitedFor({ share: pressure })],
    [words.inUse, inUse === 0 ? null : words.count({ n: inUse })],
  ];
  return (
    <dl class="rehearsal-figures">
      {rows.map(
        ([name, what]) =>
          what !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{what}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function judged({ fits, most }: NonNullable<Rehearsal['judgement']>, n: number): string {
  const words = roomTexts.rehearsal.fits;
  return fits === 'no' ? words.no({ n, most: most ?? 0 }) : words[fits]({ n });
}

function nextFor(reason: RehearsalReason, { got, learners, short }: Rehearsal): string {
  const { reasons, short: why } = roomTexts.rehearsal;
  if (reason !== 'computers') return reasons[reason];
  return reasons.computers({ n: learners - got, why: why[short ?? 'starting'] });
}
