// One learner, opened from the wall: their terminal as it is now, to look at, and help to send.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { routes } from '../../../protocol/http.ts';
import { type HelpSent, MAX_HELP_CHARACTERS } from '../../../protocol/room.ts';
import type { WallLearner } from '../../../protocol/wall.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { Message } from '../message.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { here } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { sendHelp } from './help-api.ts';
import { KeyboardAsk } from './keyboard-ask.tsx';
import { LearnerActions } from './learner-actions.tsx';
import { LookedOnTerminal } from './looked-on-terminal.tsx';
import type { Seen } from './needs-help.ts';
import { type Told, titleOf } from './wall-state.ts';
import { WorkOf } from './work-of.tsx';

const KINDS = ['hint', 'command', 'link'] as const;

type Props = { seen: Seen; ofClass: number; told: Told; onClose: () => void };

export function LearnerView({ seen: { id, learner }, ofClass, told, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const texts = roomTexts.wall.open;
  return (
    <dialog ref={dialog} class="dialog wall-open" aria-labelledby="wall-open" onClose={onClose}>
      <h2 id="wall-open" translate={false}>
        {learner.name}
      </h2>
      {learner.lesson !== null && (
        <p class="wall-quiet" lang="en" translate={false}>
          {titleOf(told, learner.lesson, learner.step)}
        </p>
      )}
      {learner.diagnosis && (
        <p lang="en">
          <Message text={learner.diagnosis} />
        </p>
      )}
      {learner.lesson === null ? <p>{texts.none}</p> : <LiveTerminal ofClass={ofClass} person={id} learner={learner} />}
      <HelpForm ofClass={ofClass} person={id} />
      {learner.lesson !== null && (
        <LearnerActions ofClass={ofClass} person={id} learner={learner} lesson={learner.lesson} told={told} />
      )}
      {learner.lesson !== null && <WorkOf ofClass={ofClass} person={id} learner={learner} told={told} />}
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {texts.close}
        </button>
      </div>
    </dialog>
  );
}

type TerminalProps = { ofClass: number; person: string; learner: WallLearner };

function LiveTerminal({ ofClass, person, learner }: TerminalProps) {
  const types = useRef(false);
  types.current = learner.keyboard?.allowed === true && learner.keyboard.by === here.value?.me?.name;
  const texts = roomTexts.wall.open;
  return (
    <>
      <p class="wall-quiet">{texts.seen}</p>
      <LookedOnTerminal path={routes.learnerSocket(ofClass, person)} label={texts.terminal} types={types} />
      <KeyboardAsk ofClass={ofClass} person={person} learner={learner} />
    </>
  );
}

function HelpForm({ ofClass, person }: { ofClass: number; person: string }) {
  const kind = useSignal<HelpSent['kind']>('hint');
  const text = useSignal('');
  const sent = useSignal(false);
  const problem = useSignal<ApiProblem | null>(null);
  const texts = roomTexts.wall.open;
  const send = async () => {
    problem.value = null;
    sent.value = false;
    await sendHelp(ofClass, person, { kind: kind.peek(), text: text.peek() }).then(
      () => {
        sent.value = true;
        text.value = '';
      },
      (error) => {
        problem.value = asProblem(error);
      },
    );
  };
  return (
    <form
      class="wall-help"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.peek().trim() !== '') void send();
      }}
    >
      <label>
        <span class="visually-hidden">{texts.kind}</span>
        <select
          class="text-field"
          value={kind.value}
          onChange={({ currentTarget }) => {
            kind.value = currentTarget.value as HelpSent['kind'];
          }}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {texts.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <label class="wall-help-text">
        <span class="visually-hidden">{texts.text}</span>
        <input
          type="text"
          class="text-field"
          required
          maxLength={MAX_HELP_CHARACTERS}
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="button button-main">
        {texts.send}
      </button>
      <span role="status">{sent.value && texts.sent}</span>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </form>
  );
}
