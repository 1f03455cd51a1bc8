// The buttons of a runnable command in a lesson's HTML; placeholders are filled with the learner's own values first.

import { asProblem, getValues } from '../api.ts';
import { copyText } from '../terminal/clipboard.ts';
import { listed, texts } from '../texts.ts';
import type { LessonRun } from './lesson-run.ts';
import { aroundPlaceholders, type Filled, fill } from './placeholders.ts';

/** Adds the buttons to a `.command` and returns the one that runs it, if any. `step` says whose values fill it. */
export function decorate(
  block: HTMLElement,
  run: LessonRun | null,
  step: string | undefined,
): HTMLButtonElement | null {
  const command = block.dataset.command ?? '';
  const names = block.dataset.fills?.split(' ').filter(Boolean) ?? [];
  const note = document.createElement('p');
  note.className = 'command-note';
  note.role = 'status';
  const code = block.querySelector('code');
  if (names.length > 0) {
    note.textContent = texts.command.fills({ names: placeholders(names) });
    code?.replaceChildren(...aroundPlaceholders(command, names).map(piece));
  }

  /** The command to run or copy; null where it cannot be filled, which has been said. */
  const filled = async (): Promise<string | null> => {
    if (names.length === 0) return command;
    const answer = await valuesFor(run?.slug, step, command, names);
    note.dataset.missing = String(!('command' in answer));
    note.textContent = 'command' in answer ? texts.command.filled({ command: answer.command }) : answer.why;
    return 'command' in answer ? answer.command : null;
  };

  const copyButton = button('command-copy', texts.command.copy, texts.command.copyLabel({ command }));
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
  const buttons = document.createElement('div');
  buttons.className = 'command-buttons';
  buttons.append(copyButton);
  block.append(buttons);
  if (names.length > 0) block.after(note);
  if (!run) return null;

  const runButton = button('command-run', texts.command.run, texts.command.runLabel({ command }));
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
  buttons.append(runButton);
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

const placeholders = (names: readonly string[]) => listed(names.map((name) => `<${name}>`));

/** Every second piece is a placeholder. */
function piece(text: string, at: number): Node {
  if (at % 2 === 0) return document.createTextNode(text);
  const mark = document.createElement('span');
  mark.className = 'fill';
  mark.textContent = text;
  return mark;
}

function button(name: string, text: string, label: string): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = name;
  element.textContent = text;
  element.setAttribute('aria-label', label);
  return element;
}
