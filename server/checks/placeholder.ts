// A placeholder that was typed as it stands in a lesson: `<image_id>`, which the shell takes for redirections, or `NAME:TAG`.

import { parseCommandLine, simpleCommands } from './command-line.ts';
import { dockerCommand } from './docker-command.ts';
import { code } from './quoted.ts';

const placeholder = /<([a-z](?:[a-z0-9 _./:-]{0,40}[a-z0-9])?)>/i;

/** Placeholders without brackets, as manuals write them; and such a word has nothing else. */
const capitals =
  /^\[?(?:NAME|TAG|SOURCE|TARGET|IMAGE|ID|IMAGE_ID|REPOSITORY|DIGEST|CONTAINER|REGISTRY|HOST|PORT|OPTIONS|USER|[:/@_[\]])+$/;

/** What follows their first word is for a program in a container. */
const runsProgram = new Set(['run', 'create', 'exec']);

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
  if (!found) return inCapitals(text);
  if (!/\b(docker|curl)\b/.test(text)) return null;
  const before = parseCommandLine(text.slice(0, found.index)).flat().at(-1);
  if (before?.program !== 'docker' && before?.program !== 'curl') return null;
  const [whole, name = ''] = found;
  if (name === 'none')
    return '`<none>` is how Docker shows that there is no name, and is none itself. Name the image by its IMAGE ID.';
  const isBlob = /digest/i.test(name) && /\/blobs\/(sha256:)?$/.test(text.slice(0, found.index));
  const place = isBlob ? 'a digest that stands inside the manifest, `sha256:…`' : placeOf(name);
  return `${standsFor(whole)} Put there ${place}, without \`<\` and \`>\`.`;
}

function inCapitals(text: string): string | null {
  if (!/[A-Z]/.test(text)) return null;
  const typed = simpleCommands(text).flatMap((simple) => {
    const { verb = '', args = [] } = dockerCommand(simple) ?? {};
    return runsProgram.has(verb) ? args.slice(0, 1) : args;
  });
  const word = typed.find((one) => /[A-Z]{2}/.test(one) && capitals.test(one));
  return word === undefined ? null : `${standsFor(word)} Put there ${capitalPlaceOf(word)}.`;
}

function standsFor(whole: string): string {
  return `${code(whole)} stands for a value of your own, and isn't typed as it is.`;
}

function placeOf(name: string): string {
  return places.find(([pattern]) => pattern.test(name))?.[1] ?? 'your own value';
}

/** Source and target of `docker tag` are names, and so is what has a name in front. */
function capitalPlaceOf(word: string): string {
  if (/TARGET/.test(word)) return 'the new name that the step asks for';
  if (/OPTIONS/.test(word)) return 'the options that the step asks for, or nothing';
  if (/SOURCE|NAME/.test(word)) return "the image's name, which `docker images` shows";
  return placeOf(word);
}
