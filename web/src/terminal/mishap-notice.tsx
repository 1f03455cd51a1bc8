// Tells what happened to the computer by itself, and what of it is worth a look.

import type { Mishap } from '../../../protocol/session.ts';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Message } from '../message.tsx';
import { texts } from '../texts.ts';

/** The command that shows what has stopped. */
const SHOWS = 'docker ps -a';

/** `onNotice`: why nothing was typed. */
type Props = { run: LessonRun; mishap: Mishap; onNotice: (text: string) => void };

export function MishapNotice({ run, mishap, onNotice }: Props) {
  const words = texts.terminal.mishap;
  const hasStopped = mishap === 'restarted' || mishap === 'engine-restarted';
  const dismiss = () => {
    run.seenMishap.value = mishap;
  };
  const show = () => {
    const why = run.runCommand(SHOWS);
    if (why === null) dismiss();
    else onNotice(why);
  };
  return (
    <>
      {mishap === 'restarting' && <span class="terminal-lamp" data-busy="true" aria-hidden="true" />}
      <p>
        <Message text={words[mishap]} />
      </p>
      {hasStopped && (
        <button type="button" class="button" onClick={show}>
          {words.seeContainers}
        </button>
      )}
      {mishap !== 'restarting' && (
        <button type="button" class="quiet-button" onClick={dismiss}>
          {texts.dismiss}
        </button>
      )}
    </>
  );
}
