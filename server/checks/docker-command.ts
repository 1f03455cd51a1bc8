// A `docker …` command in one normal form: old and new spellings of a verb are the same.

import type { SimpleCommand } from './command-line.ts';

export interface DockerCommand {
  /** `images` for `docker image ls`, `rmi` for `docker image rm`, `run`, `volume ls`; empty for a bare `docker`. */
  verb: string;
  /** Words that are no options: image names, containers, and for `run` the image and its command. */
  args: string[];
  /** By their long names, where they have one. */
  options: { name: string; value: string | null }[];
  /** `docker`, the verb's words and all that followed, as typed. */
  words: string[];
}

const imageVerbs: Record<string, string> = { ls: 'images', list: 'images', rm: 'rmi', remove: 'rmi' };
const sameImageVerbs = new Set(['build', 'history', 'import', 'inspect', 'load', 'pull', 'push', 'save', 'tag']);
const containerVerbs: Record<string, string> = { ls: 'ps', list: 'ps', remove: 'rm' };
const groups = new Set(
  'builder buildx compose config context manifest network plugin swarm system trust volume'.split(' '),
);
const groupVerbs: Record<string, string> = { list: 'ls', remove: 'rm' };

const globalValued = new Set(['-H', '--host', '-c', '--context', '--config', '-l', '--log-level']);
const runValued =
  '-p --publish --name -v --volume -e --env -w --workdir -u --user -h --hostname --network --net --restart --entrypoint ' +
  '--platform -l --label --env-file -m --memory -c --cpus --add-host --mount --pull --dns --expose --tmpfs --ip --pid ' +
  '--log-driver --log-opt --stop-signal --stop-timeout --ulimit --device --cap-add --cap-drop --security-opt -a --attach';
const valued: Record<string, Set<string>> = Object.fromEntries(
  Object.entries({
    run: runValued,
    create: runValued,
    exec: '-e --env -w --workdir -u --user --env-file --detach-keys',
    images: '-f --filter --format',
    ps: '-f --filter --format -n --last',
    inspect: '-f --format --type',
    logs: '-n --tail --since --until',
    stop: '-t --time -s --signal',
    restart: '-t --time -s --signal',
    kill: '-s --signal',
    pull: '--platform',
    push: '--platform',
    login: '-u --username -p --password',
    search: '-f --filter --format --limit',
    build: '-t --tag -f --file --build-arg --platform --target --label --network',
  }).map(([verb, names]) => [verb, new Set(names.split(' '))]),
);

const runLong = {
  d: 'detach',
  e: 'env',
  i: 'interactive',
  l: 'label',
  m: 'memory',
  p: 'publish',
  t: 'tty',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};
const longNames: Record<string, Record<string, string>> = {
  run: runLong,
  create: runLong,
  exec: runLong,
  build: { f: 'file', q: 'quiet', t: 'tag' },
  images: { a: 'all', f: 'filter', q: 'quiet' },
  'image prune': { a: 'all', f: 'force' },
  'container prune': { f: 'force' },
  'system prune': { a: 'all', f: 'force' },
  inspect: { f: 'format', s: 'size' },
  kill: { s: 'signal' },
  login: { p: 'password', u: 'username' },
  logs: { f: 'follow', n: 'tail', t: 'timestamps' },
  ps: { a: 'all', f: 'filter', l: 'latest', n: 'last', q: 'quiet', s: 'size' },
  pull: { a: 'all-tags', q: 'quiet' },
  push: { a: 'all-tags', q: 'quiet' },
  rm: { f: 'force', l: 'link', v: 'volumes' },
  rmi: { f: 'force' },
  search: { f: 'filter' },
  stop: { s: 'signal', t: 'time' },
};

/** The docker command that this is, or null where another program runs. */
export function dockerCommand(simple: SimpleCommand): DockerCommand | null {
  if (simple.program !== 'docker') return null;
  const rest = [...simple.words];
  while (rest[0]?.startsWith('-')) rest.splice(0, globalValued.has(rest[0]) ? 2 : 1);
  const verb = takeVerb(rest);
  return { verb, words: ['docker', ...verb.split(' ').filter(Boolean), ...rest], ...options(verb, rest) };
}

function takeVerb(rest: string[]): string {
  const first = rest.shift() ?? '';
  const second = rest[0] ?? '';
  if (first === 'image' || first === 'container' || groups.has(first)) {
    if (second === '' || second.startsWith('-')) return first;
    rest.shift();
    if (first === 'image') return own(imageVerbs, second) ?? (sameImageVerbs.has(second) ? second : `image ${second}`);
    if (first === 'container') return own(containerVerbs, second) ?? (second === 'prune' ? 'container prune' : second);
    return `${first} ${own(groupVerbs, second) ?? second}`;
  }
  return first;
}

function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function options(verb: string, words: readonly string[]): Pick<DockerCommand, 'args' | 'options'> {
  const takesValue = Object.hasOwn(valued, verb) ? (valued[verb] as Set<string>) : new Set<string>();
  const endsAtFirstWord = verb === 'run' || verb === 'create' || verb === 'exec';
  const args: string[] = [];
  const found: DockerCommand['options'] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return { args: [...args, ...rest], options: named(verb, found) };
    if (!word.startsWith('-') || word === '-') {
      if (endsAtFirstWord) return { args: [word, ...rest], options: named(verb, found) };
      args.push(word);
    } else if (word.startsWith('--')) {
      const [name, glued] = cut(word);
      found.push({ name, value: glued ?? (takesValue.has(name) ? (rest.shift() ?? null) : null) });
    } else {
      found.push(...shortOptions(word, takesValue, rest));
    }
  }
  return { args, options: named(verb, found) };
}

function named(verb: string, found: DockerCommand['options']): DockerCommand['options'] {
  const names = own(longNames, verb) ?? {};
  return found.map(({ name, value }) => {
    const long = name.startsWith('--') ? undefined : own(names, name.slice(1));
    return { name: long === undefined ? name : `--${long}`, value };
  });
}

/** Short options can be written together, the last with its value: `-dp 5000:5000`. Takes a separate value from `rest`. */
function shortOptions(word: string, takesValue: Set<string>, rest: string[]): DockerCommand['options'] {
  const found: DockerCommand['options'] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = `-${word[at]}`;
    if (takesValue.has(name)) {
      const glued = word.slice(at + 1).replace(/^=/, '');
      return [...found, { name, value: glued === '' ? (rest.shift() ?? null) : glued }];
    }
    found.push({ name, value: null });
  }
  return found;
}

function cut(option: string): [string, string | null] {
  const equals = option.indexOf('=');
  return equals === -1 ? [option, null] : [option.slice(0, equals), option.slice(equals + 1)];
}
