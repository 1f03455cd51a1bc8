// What a Markdown file says outside of its code, with every character at its place: its links, its headings, its lines.

import { anchorOf } from './anchor.ts';

export interface Link {
  text: string;
  href: string;
  /** Where it begins in the file. */
  offset: number;
  end: number;
}

/** Fences of these hold Markdown themselves. */
const MARKDOWN_FENCES = ['hint', 'quiz'];
const LINK = /\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*(<[^>\n]*>|[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:\s+"[^"]*")?\s*\)/g;

/** The same text with spaces in place of code, line for line. Fences of `keep` stay. */
export function withoutCode(text: string, keep: readonly string[] = MARKDOWN_FENCES): string {
  let fence: { mark: string; kept: boolean } | null = null;
  const lines = text.split('\n').map((line) => {
    const [, mark = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence) {
      const { kept } = fence;
      const ends = mark.startsWith(fence.mark) && info.trim() === '';
      if (ends) fence = null;
      return kept && !ends ? line : blank(line);
    }
    if (mark === '') return line;
    fence = { mark, kept: keep.includes(/^\S*/.exec(info.trim())?.[0] ?? '') };
    return blank(line);
  });
  return lines.join('\n').replace(/(`+)(?!`)([^`](?:.|\n(?!\s*\n))*?)(?<!`)\1(?!`)/g, blank);
}

/** In a text whose code may be blanked. */
export function linksIn(text: string): Link[] {
  return [...text.matchAll(LINK)].map((match) => ({
    text: match[1] ?? '',
    href: (match[2] ?? '').replace(/^<|>$/g, ''),
    offset: match.index,
    end: match.index + match[0].length,
  }));
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Ids that one can link to in a Markdown file. */
export function anchorsIn(text: string): string[] {
  const titles = [...text.matchAll(/^#{1,6} +(.*)$/gm)].map(([, title = '']) => title.replace(/[`*_]/g, ''));
  return titles.map(anchorOf);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
