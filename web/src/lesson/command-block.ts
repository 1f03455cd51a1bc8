// What the buttons of a runnable command do; placeholders are filled with the learner's own values first.

import { asProblem, getValues } from '../api.ts';
import { copyText } from '../terminal/clipboard.ts';
import { texts } from '../texts.ts';
import { namesIn, placeholders } from './command-markup.ts';
import type { LessonRun } from './lesson-run.ts';
import { type Filled, fill } from './placeholders.ts';

/** Gives the buttons of a `.command` their work, and returns the one that runs it, if any. `step` says whose values fill it. */
export function bindButtons(
  block: HTMLElement,
  run: LessonRun | null,
  step: string | undefined,
): HTMLButtonElement | null {
  const command = block.dataset.command ?? '';
  const names = namesIn(block.dataset.fills);
  const code = block.querySelector('code');
  const note = names.length > 0 ? (block.nextElementSibling as HTMLElement) : newNote();

  /** The command to run or copy; null where it cannot be filled, which has been said. */
  const filled = async (): Promise<string | null> => {
    if (names.length === 0) return command;
    const answer = await valuesFor(run?.slug, step, command, names);
    note.dataset.missing = String(!('command' in answer));
    note.textContent = 'command' in answer ? texts.command.filled({ command: answer.command }) : answer.why;
    return 'command' in answer ? answer.command : null;
  };

  const copyButton = block.querySelector<HTMLButtonElement>('.command-copy');
  if (!copyButton) return null;
  copyButton.onclick = async () => {
    const ready = await filled();
    if (ready === null) return;
    const copied = await copyText(ready);
    if (!copied) getSelection()?.selectAllChildren(code ?? block);
    copyButton.textContent = copied ? texts.command.copied : texts.command.notCopied;
    setTimeout(() => {
      copyButton.textContent = texts.command.copy;
    }, 2000);
  };
  const runButton = block.querySelector<HTMLButtonElement>('.command-run');
  if (!run || !runButton) return null;

  runButton.onclick = async () => {
    const ready = await filled();
    if (ready === null) return;
    const why = run.runCommand(ready);
    note.dataset.missing = String(why !== null);
    if (why === null && names.length === 0) note.remove();
    if (why === null) return;
    note.textContent = why;
    block.after(note);
  };
  return runButton;
}

async function valuesFor(
  lesson: string | undefined,
  step: string | undefined,
  command: string,
  names: string[],
): Promise<{ command: string } | { why: string }> {
  let answer: Filled;
  try {
    answer = fill(command, names, lesson === undefined || step === undefined ? {} : await getValues(lesson, step));
  } catch (error) {
    const { message, next } = asProblem(error);
    return { why: `${message} ${next}` };
  }
  return 'command' in answer ? answer : { why: texts.command.missing({ names: placeholders(answer.missing) }) };
}

/** For what is to be said of a command that says nothing yet. */
function newNote(): HTMLElement {
  const note = document.createElement('p');
  note.className = 'command-note';
  note.role = 'status';
  return note;
}
