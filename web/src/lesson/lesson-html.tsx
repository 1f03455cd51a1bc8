// Puts a lesson's HTML on the page: sanitised, and with buttons to run and to copy each command.

import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sanitised } from '../parts/rich-text.tsx';
import { useLessonLanguage } from '../parts/text-language.ts';
import { decorate } from './command-block.ts';
import type { LessonRun } from './lesson-run.ts';

type Props = {
  html: string;
  /** Null where there is no terminal: then commands can only be copied. */
  run: LessonRun | null;
  /** Whose commands these are, where they have placeholders. */
  step?: string;
};

export function LessonHtml({ html, run, step }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const content = sanitised(html);
    const commands = [...content.querySelectorAll<HTMLElement>('.command[data-command]')];
    const runButtons = commands.map((command) => decorate(command, run, step));
    host.current?.replaceChildren(content);
    if (!run) return;
    return effect(() => {
      const ready = run.link.state.value.state === 'ready';
      for (const button of runButtons) if (button) button.disabled = !ready;
    });
  }, [html, run, step]);
  return <div ref={host} lang={useLessonLanguage()} class="prose" />;
}
