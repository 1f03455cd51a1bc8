// Makes wrong solutions out of a right one: another tag, repository, port or image, one place at a time.

/** What is put in place of what; each applies to every match of its own, one after the other. */
const CHANGES: { pattern: RegExp; change: (text: string) => string }[] = [
  // A port, in `-p 5000:5000`, `localhost:5000/…` and URLs.
  { pattern: /\b(?:5000|8080)\b/g, change: (port) => String(Number(port) + 1) },
  // A tag: `:1.0` after a repository name, but not a port.
  { pattern: /(?<=[a-z]):(?!5000|8080|80\b)v?\d[\w.]*|(?<=[a-z]):(?:latest|stable)\b/g, change: () => ':9.9' },
  { pattern: /(?<=\/manifests\/)\w[\w.]*/g, change: () => '9.9' },
  // A repository of the learner's registry or account, in a name or in a path of the API.
  {
    pattern: /(?<=localhost:5000\/|\/v2\/|learner\/)(?!v2\/)[a-z]+(?:\/(?!tags|manifests|blobs)[a-z]+)*/g,
    change: (name) => `${name}x`,
  },
  { pattern: /\bmyrepo\b/g, change: (name) => `${name}x` },
  // An image of Docker Hub.
  {
    pattern: /(?<![\w/.-])(?:nginx|alpine|busybox|registry)(?=:)|\bhello-world\b/g,
    change: (name) => (name === 'busybox' ? 'alpine' : 'busybox'),
  },
  { pattern: /(?<=docker (?:pull|tag) )(?:alpine|nginx)(?=\s|$)/g, change: () => 'busybox' },
  // A container.
  { pattern: /(?<=--name |docker (?:stop|start|restart|rm|logs|port) )[a-z]+/g, change: (name) => `${name}x` },
  // A user, a password.
  { pattern: /(?<=-u |--username |^< )(?:alice|learner)\b/g, change: () => 'bob' },
  { pattern: /\b(?:s3cret|hubpass)\b/g, change: () => 'wrong' },
];

/** Each mutant is the whole solution with one place changed. */
export function mutantsOf(solution: readonly string[]): string[][] {
  const mutants = new Map<string, string[]>();
  for (const [index, command] of solution.entries()) {
    for (const { pattern, change } of CHANGES) {
      for (const match of command.matchAll(pattern)) {
        const changed = command.slice(0, match.index) + change(match[0]) + command.slice(match.index + match[0].length);
        const mutant = solution.with(index, changed);
        mutants.set(mutant.join('\n'), mutant);
      }
    }
  }
  return [...mutants.values()];
}
