// The buttons of a runnable command, and the words on its placeholders, in a lesson's HTML: the same where the server renders it.

import { escapeHtml, unescaped } from '../rendering/html-text.ts';
import { listed, texts } from '../texts.ts';
import { aroundPlaceholders } from './placeholders.ts';

/** As the server's Markdown gives it (protocol/lesson.ts). */
const COMMAND =
  /<div class="command" data-command="([^"]*)"(?: data-fills="([^"]*)")?>(<pre[^>]*><code>)[^]*?<\/code><\/pre><\/div>/g;

/** `runnable`: there is a terminal. */
export function withButtons(html: string, runnable: boolean): string {
  return html.replace(COMMAND, (_, escaped: string, fills = '', opening: string) => {
    const command = unescaped(escaped);
    const names = namesIn(fills);
    const pieces = aroundPlaceholders(command, names).map((text, at) =>
      at % 2 === 0 ? escapeHtml(text) : `<span class="fill">${escapeHtml(text)}</span>`,
    );
    const run = runnable
      ? `<button type="button" class="command-run" disabled aria-label="${escapeHtml(texts.command.runLabel({ command }))}">${escapeHtml(texts.command.run)}</button>`
      : '';
    const copy = `<button type="button" class="command-copy" aria-label="${escapeHtml(texts.command.copyLabel({ command }))}">${escapeHtml(texts.command.copy)}</button>`;
    const note =
      names.length === 0
        ? ''
        : `<p class="command-note" role="status">${escapeHtml(texts.command.fills({ names: placeholders(names) }))}</p>`;
    return `<div class="command" data-command="${escaped}" data-fills="${fills}">${opening}${pieces.join('')}</code></pre><div class="command-buttons">${copy}${run}</div></div>${note}`;
  });
}

export const namesIn = (fills: string | undefined): string[] => fills?.split(' ').filter(Boolean) ?? [];

export const placeholders = (names: readonly string[]): string => listed(names.map((name) => `<${name}>`));
