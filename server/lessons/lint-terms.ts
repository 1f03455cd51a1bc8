// Looks at how lessons use the words of the field: each is defined in the glossary, and linked where a lesson first uses it.

import type { GlossaryTerm } from './glossary.ts';
import type { LintedLesson, Problem } from './linted.ts';
import { lineAt, linksIn, withoutCode } from './prose.ts';
import { termOf } from './render.ts';

/** More words that a reader new to the field would look up: a lesson that uses one needs it in the glossary. */
const FIELD_WORDS = [
  'annotation',
  'attestation',
  'base image',
  'buildkit',
  'build context',
  'certificate authority',
  'cosign',
  'cross-repository mount',
  'daemon',
  'dockerfile',
  'entrypoint',
  'image index',
  'insecure registry',
  'mirror',
  'multi-platform image',
  'notary',
  'orchestrator',
  'overlay',
  'proxy',
  'pull-through cache',
  'rate limit',
  'referrer',
  'replication',
  'retention policy',
  'sbom',
  'service account',
  'snapshotter',
  'storage driver',
  'swarm',
  'kubernetes',
  'vulnerability scan',
  'webhook',
];

/** Terms that stand in a lesson's text before they are linked, or without a link at all; and words that have no definition. */
export function lintTerms({ text, file }: LintedLesson, glossary: readonly GlossaryTerm[]): Problem[] {
  const prose = proseOf(text);
  const problems: Problem[] = [];
  const linked = new Map<string, number>();
  for (const { href, offset } of linksIn(withoutCode(text, []))) {
    const term = termOf(href);
    if (term && !linked.has(term)) linked.set(term, offset);
  }
  // A longer term has the words of a shorter one in it.
  let rest = prose;
  for (const term of glossary.toSorted((a, b) => b.title.length - a.title.length)) {
    const word = wordPattern(term.title);
    const first = word.exec(rest)?.index;
    rest = rest.replace(new RegExp(word, 'gi'), (match) => ' '.repeat(match.length));
    const link = linked.get(term.id);
    if (first === undefined || (link !== undefined && link < first)) continue;
    const message =
      link === undefined
        ? `\`${term.title}\` is a term of the glossary: link it here, \`[…](../glossary.md#${term.id})\``
        : `\`${term.title}\` is linked only in line ${lineAt(text, link)}: link it here, where it is first used`;
    problems.push({ file, line: lineAt(text, first), message });
  }
  for (const word of FIELD_WORDS) {
    const found = wordPattern(word).exec(rest);
    if (found)
      problems.push({
        file,
        line: lineAt(text, found.index),
        message: `\`${word}\` is a term of the field, and the glossary doesn't define it`,
      });
  }
  return problems;
}

/** Terms that no lesson links. */
export function lintUnusedTerms(
  linted: readonly LintedLesson[],
  glossary: readonly GlossaryTerm[],
  file: string,
): Problem[] {
  const used = new Set(linted.flatMap(({ text }) => linksIn(withoutCode(text)).map(({ href }) => termOf(href))));
  return glossary
    .filter(({ id }) => !used.has(id))
    .map(({ title, line }) => ({ file, line, message: `no lesson links \`${title}\`` }));
}

/** What a lesson says itself: no front matter, headings, code, links, names of services, and nothing that it quotes in emphasis. */
function proseOf(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  const visible = withoutCode(text, [])
    .replace(/^---\n[\s\S]*?\n---\n/, blank)
    .replace(/^#{1,6} .*$/gm, blank)
    .replace(/(?:\b[A-Z]\w+\s+){2,}Registry\b/g, blank)
    .replace(/(?<![*\w])\*(?![*\s])[^*\n]+\s[^*]+?(?<!\s)\*(?![*\w])/g, blank);
  return linksIn(visible).reduce(
    (rest, { offset, end }) => rest.slice(0, offset) + blank(rest.slice(offset, end)) + rest.slice(end),
    visible,
  );
}

/** Also its plural, and broken over two lines. */
function wordPattern(title: string): RegExp {
  const words = title.split(' ').map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const last = words.pop() ?? '';
  const plural = last.endsWith('y') ? `(?:${last}|${last.slice(0, -1)}ies)` : `${last}(?:e?s)?`;
  return new RegExp(`(?<![\\w/.-])${[...words, plural].join('\\s+')}(?![\\w/]|-\\w|\\.\\w)`, 'i');
}
