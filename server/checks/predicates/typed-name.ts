// Slips in the typing of an image's name, told from the words as they were typed.

import { parseReference, type Reference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { portWithoutColon } from './near-miss.ts';

export const SPACE = 'There is a space in the name, so Docker saw two arguments.';

/** As `slip`, with what the step asks for. */
export function slipAsking(words: readonly string[], asked: Reference, verb: string): string | null {
  const slipped = slip(words, asked, verb);
  return slipped && `${slipped} This step asks for ${code(`docker ${verb} ${asked.familiar}`)}.`;
}

/** What is wrong with the words after `docker pull`, `docker push` and the like; null where it is nothing of these. */
export function slip(words: readonly string[], asked: Reference, verb: string): string | null {
  // What the shell puts in is not known here.
  if (words.some((word) => /[$`]/.test(word))) return null;
  const [first = '', second] = words;
  if (second !== undefined && isCut(first, second, asked)) {
    return `${SPACE} A tag follows its colon without a space.`;
  }
  if (second !== undefined && verb !== 'run' && first.endsWith('/')) return SPACE;
  if (verb !== 'run' && words.length !== 1) {
    const typed = words.length === 0 ? 'none' : words.length;
    return `\`docker ${verb}\` takes the name of one image, and you typed ${typed}.`;
  }
  if (/^https?:\/\//i.test(first)) {
    return `That is the address of a web page. \`docker ${verb}\` takes a name, not a URL.`;
  }
  if (/^(www\.)?hub\.docker\.com(\/|$)/i.test(first)) {
    return `\`hub.docker.com\` is the web site; the registry behind it is \`docker.io\`.`;
  }
  if (first === asked.registry)
    return `${code(first)} is the registry's address alone: repository and tag are missing behind it.`;
  const parsed = parseReference(first);
  const capitals = parsed.problem === 'uppercase' || /[A-Z]/.test(parsed.reference?.registry ?? '');
  if (capitals && parseReference(first.toLowerCase()).reference?.equals(asked)) {
    return `Repository names are written in lower case, and ${code(first)} isn't.`;
  }
  if (parsed.problem === 'empty-tag') return `After the colon of ${code(first)} the tag is missing.`;
  if (parsed.problem === 'bad-tag' && /:.*:/.test(first.slice(first.lastIndexOf('/') + 1))) {
    return `${code(first)} has one colon too many: an image's name has one tag.`;
  }
  const seen = parsed.reference;
  const colonless = seen && portWithoutColon(seen, asked);
  if (colonless) return colonless;
  if (!seen || asked.tag === null || seen.registry !== asked.registry) return null;
  if (seen.repository === asked.repository && (seen.tag === `v${asked.tag}` || `v${seen.tag}` === asked.tag)) {
    const has = seen.tag === `v${asked.tag}` ? 'no `v`' : 'a `v`';
    return `The tag has ${has} in front: ${code(asked.tag)}, not ${code(seen.tag ?? '')}.`;
  }
  if (seen.familiarName === `${asked.familiarName}-${asked.tag}`) {
    return `A hyphen makes another repository's name; the tag follows a colon.`;
  }
  if (seen.repository !== asked.repository && seen.repository.replaceAll('_', '-') === asked.repository) {
    return `The name has a hyphen: ${code(asked.familiarName)}, not ${code(seen.familiarName)}.`;
  }
  return null;
}

/** `nginx: latest`, `nginx :latest`, `alpine 3.19` */
function isCut(first: string, second: string, asked: Reference): boolean {
  if (first.endsWith(':') || second.startsWith(':')) return true;
  return parseReference(`${first}:${second}`).reference?.equals(asked) === true;
}
