// Puts a lesson's HTML on the page: sanitised, and with buttons to run and to copy each command.

import { effect } from '@preact/signals';
import DOMPurify from 'dompurify';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { copyText } from '../terminal/clipboard.ts';
import { texts } from '../texts.ts';
import type { LessonRun } from './lesson-run.ts';

/** Lessons have no forms and bring no styles; all else that DOMPurify lets through is theirs to use. */
const allowed = { RETURN_DOM_FRAGMENT: true, ADD_ATTR: ['target'], FORBID_TAGS: ['style', 'form'] } as const;

export function LessonHtml({ html, run }: { html: string; run: LessonRun }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const content = DOMPurify.sanitize(html, {
      ...allowed,
      ADD_ATTR: [...allowed.ADD_ATTR],
      FORBID_TAGS: [...allowed.FORBID_TAGS],
    });
    for (const link of content.querySelectorAll('a[target]')) link.setAttribute('rel', 'noopener noreferrer');
    const runButtons = [...content.querySelectorAll<HTMLElement>('.command[data-command]')].map((command) =>
      decorate(command, command.dataset.command ?? '', run),
    );
    host.current?.replaceChildren(content);
    return effect(() => {
      const ready = run.link.state.value.state === 'ready';
      for (const button of runButtons) button.disabled = !ready;
    });
  }, [html, run]);
  return <div ref={host} class="prose" />;
}

function decorate(block: HTMLElement, command: string, run: LessonRun): HTMLButtonElement {
  const runButton = button('command-run', texts.command.run, texts.command.runLabel(command));
  runButton.onclick = () => run.runCommand(command);
  const copyButton = button('command-copy', texts.command.copy, texts.command.copyLabel(command));
  copyButton.onclick = async () => {
    const copied = await copyText(command);
    if (!copied) getSelection()?.selectAllChildren(block.querySelector('code') ?? block);
    copyButton.textContent = copied ? texts.command.copied : texts.command.notCopied;
    setTimeout(() => {
      copyButton.textContent = texts.command.copy;
    }, 2000);
  };
  const buttons = document.createElement('div');
  buttons.className = 'command-buttons';
  buttons.append(copyButton, runButton);
  block.append(buttons);
  return runButton;
}

function button(name: string, text: string, label: string): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = name;
  element.textContent = text;
  element.setAttribute('aria-label', label);
  return element;
}
