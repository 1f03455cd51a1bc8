// What an opened learner did: the commands that were typed, and each attempt with what its verdict rests on. All of it is text.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Evidence } from '../../../protocol/session.ts';
import type { WallLearner } from '../../../protocol/wall.ts';
import type { Attempt, KeptCommand, LearnerWork } from '../../../protocol/work.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { EvidenceView } from '../lesson/evidence-view.tsx';
import { Message } from '../message.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { type Told, titleOf } from './wall-state.ts';
import { getAttempt, getWork } from './work-api.ts';

const EVERY_MS = 5_000;

type Props = { ofClass: number; person: string; learner: WallLearner; told: Told };

export function WorkOf({ ofClass, person, learner, told }: Props) {
  const work = useSignal<LearnerWork | null>(null);
  const problem = useSignal<ApiProblem | null>(null);
  // The wall tells of most that they do, and not of each command's end.
  useEffect(() => {
    let late = false;
    const ask = () =>
      getWork(ofClass, person).then(
        (answer) => {
          if (late) return;
          work.value = answer;
          problem.value = null;
        },
        (error) => {
          if (!late) problem.value = asProblem(error);
        },
      );
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      late = true;
      clearInterval(timer);
    };
  }, [ofClass, person, learner]);
  const texts = roomTexts.wall.work;
  if (problem.value) return <ProblemNotice problem={problem.value} />;
  if (!work.value) return null;
  const { commands, attempts } = work.value;
  return (
    <>
      <details class="wall-work">
        <summary>{texts.commands({ n: commands.length })}</summary>
        <ol>
          {commands.map((command) => (
            <CommandLine key={`${command.startedMs} ${command.endedMs}`} command={command} />
          ))}
        </ol>
      </details>
      <details class="wall-work">
        <summary>{texts.attempts({ n: attempts.length })}</summary>
        <ol>
          {attempts.map((attempt) => (
            <AttemptLine key={attempt.id} attempt={attempt} told={told} ofClass={ofClass} person={person} />
          ))}
        </ol>
      </details>
    </>
  );
}

function CommandLine({ command: { line, exitCode, endedMs } }: { command: KeptCommand }) {
  return (
    <li data-failed={exitCode === 0 ? undefined : ''}>
      <p class="wall-quiet">
        <At ms={endedMs} /> {exitCode !== 0 && roomTexts.wall.work.exit({ code: exitCode })}
      </p>
      <code translate={false}>{line}</code>
    </li>
  );
}

function At({ ms }: { ms: number }) {
  const at = new Date(ms);
  return <time dateTime={at.toISOString()}>{roomTexts.wall.work.at({ at })}</time>;
}

type AttemptProps = { attempt: Attempt; told: Told; ofClass: number; person: string };

function AttemptLine({ attempt, told, ofClass, person }: AttemptProps) {
  const { id, lesson, step, atMs, verdict, message, command } = attempt;
  const evidence = useSignal<Evidence | null>(null);
  const problem = useSignal<ApiProblem | null>(null);
  const texts = roomTexts.wall.work;
  const ask = () =>
    getAttempt(ofClass, person, id).then(
      (answer) => {
        evidence.value = answer;
      },
      (error) => {
        problem.value = asProblem(error);
      },
    );
  return (
    <li data-failed={verdict === 'pass' ? undefined : ''}>
      <p class="wall-quiet">
        <At ms={atMs} /> {texts.verdicts[verdict]}{' '}
        <span lang="en" translate={false}>
          {titleOf(told, lesson, step)}
        </span>
      </p>
      {command !== null && <code translate={false}>{command}</code>}
      {message !== '' && (
        <p lang="en">
          <Message text={message} />
        </p>
      )}
      <details
        class="evidence"
        onToggle={({ currentTarget }) => {
          if (currentTarget.open && !evidence.peek()) void ask();
        }}
      >
        <summary>{texts.evidence}</summary>
        {problem.value && <ProblemNotice problem={problem.value} />}
        {evidence.value && <EvidenceView evidence={evidence.value} />}
      </details>
    </li>
  );
}
