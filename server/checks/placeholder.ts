// A placeholder such as `<image_id>` that was typed as it stands in the lesson, which the shell takes for redirections.

import { parseCommandLine } from './command-line.ts';
import { code } from './quoted.ts';

const placeholder = /<([a-z](?:[a-z0-9 _./:-]{0,40}[a-z0-9])?)>/i;

/** By the placeholder's words, the most telling first: what stands there, and where to find it. */
const places: readonly (readonly [RegExp, string])[] = [
  [/digest/i, 'the digest, `sha256:…`, which `docker images --digests` shows in the column DIGEST'],
  [/image.?id|^id$/i, 'the ID that `docker images` shows in the column IMAGE ID'],
  [/registry|url|host|address/i, "the registry's address, such as `localhost:5000`"],
  [/container/i, "the container's name, which `docker ps -a` shows in the column NAMES"],
  [/user/i, 'the user name that the lesson gives'],
  [/pass/i, 'the password that the lesson gives'],
  [/version|tag/i, 'the tag, which `docker images` shows in the column TAG'],
  [/repo/i, 'the repository, which `docker images` shows in the column REPOSITORY'],
  [/image|name/i, "the image's name, which `docker images` shows"],
];

/** What to say of a line with a placeholder in a docker or curl command; null where it has none. */
export function placeholderProblem(line: string): string | null {
  const text = line.slice(0, 4096);
  const found = placeholder.exec(text);
  if (!found || !/\b(docker|curl)\b/.test(text)) return null;
  const before = parseCommandLine(text.slice(0, found.index)).flat().at(-1);
  if (before?.program !== 'docker' && before?.program !== 'curl') return null;
  const [whole, name = ''] = found;
  const what = places.find(([pattern]) => pattern.test(name))?.[1] ?? 'your own value';
  return `${code(whole)} stands for a value of your own, and isn't typed as it is. Put there ${what}, without \`<\` and \`>\`.`;
}
