// Finds links that lead nowhere: files, headings and terms that are not there; addresses are looked at for their form only.

import { existsSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { readLessonFile } from './files.ts';
import { type GlossaryTerm, glossaryFile } from './glossary.ts';
import type { Problem } from './linted.ts';
import { nearest } from './nearest.ts';
import { anchorsIn, lineAt, linksIn, withoutCode } from './prose.ts';

export interface LinkTargets {
  dir: string;
  glossary: readonly GlossaryTerm[];
  /** The text whose headings a link within the file leads to, where that is another one. */
  headings?: string;
}

export function lintLinks(text: string, file: string, targets: LinkTargets): Problem[] {
  const visible = withoutCode(text);
  return linksIn(visible).flatMap(({ href, offset }) => {
    const message = problemOf(href, text, file, targets);
    return message === null ? [] : [{ file, line: lineAt(text, offset), message }];
  });
}

function problemOf(href: string, text: string, file: string, targets: LinkTargets): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return addressProblem(href);
  if (href.startsWith('/'))
    return `\`${href}\` would lead elsewhere on GitHub; link the file, \`../NN-slug/lesson.md\``;
  const [path = '', anchor] = href.split('#');
  const target = path === '' ? file : resolve(dirname(file), path);
  if (resolve(target) === resolve(glossaryFile(targets.dir))) return termProblem(anchor, targets.glossary);
  if (relative(targets.dir, target).startsWith('..'))
    return `\`${href}\` leads out of the lessons, where the page cannot follow`;
  if (!existsSync(target) || !statSync(target).isFile()) return `\`${href}\` leads to no file`;
  if (path !== '' && basename(target) !== 'lesson.md')
    return `\`${href}\` is no lesson, so the page has nothing to show`;
  if (anchor === undefined) return null;
  const anchors = anchorsIn(
    withoutCode(path === '' ? (targets.headings ?? text) : readLessonFile(target, targets.dir), []),
  );
  return anchors.includes(anchor) ? null : `\`${href}\` leads to no heading${meant(anchor, anchors)}`;
}

function addressProblem(href: string): string | null {
  const url = URL.parse(href);
  if (!url || !/^https?:$/.test(url.protocol)) return `\`${href}\` is no address on the web`;
  if (!url.hostname.includes('.') && url.hostname !== 'localhost')
    return `\`${href}\` has no host that others can reach`;
  if (url.protocol === 'http:' && url.hostname !== 'localhost') return `\`${href}\`: use \`https://\``;
  return null;
}

function termProblem(anchor: string | undefined, glossary: readonly GlossaryTerm[]): string | null {
  if (anchor === undefined) return 'a link to the glossary names a term, `../glossary.md#layer`';
  const known = glossary.map(({ id }) => id);
  return known.includes(anchor) ? null : `the glossary has no term \`${anchor}\`${meant(anchor, known)}`;
}

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near ? `; did you mean \`${near}\`?` : '';
}
