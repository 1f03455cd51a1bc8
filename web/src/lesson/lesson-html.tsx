// Puts a lesson's HTML on the page: sanitised, and with buttons to run and to copy each command. What the server has rendered stays.

import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ownContent, sanitised } from '../parts/rich-text.tsx';
import { useLessonLanguage } from '../parts/text-language.ts';
import { bindButtons } from './command-block.ts';
import { withButtons } from './command-markup.ts';
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
  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const isRendered = shown.current === null && element.hasChildNodes();
    if (!isRendered) element.replaceChildren(sanitised(withButtons(html, run !== null)));
    shown.current = html;
    const commands = [...element.querySelectorAll<HTMLElement>('.command[data-command]')];
    const runButtons = commands.map((command) => bindButtons(command, run, step));
    if (!run) return;
    return effect(() => {
      const ready = run.link.state.value.state === 'ready';
      for (const button of runButtons) if (button) button.disabled = !ready;
    });
  }, [html, run, step]);
  return (
    <div ref={host} lang={useLessonLanguage()} class="prose" {...ownContent(() => withButtons(html, run !== null))} />
  );
}
