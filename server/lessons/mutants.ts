// Makes wrong solutions out of a right one: another tag, repository, port or image, one place at a time.

/** What is put in place of what; each applies to every match of its own, one after the other. */
const CHANGES: { what: string; pattern: RegExp; change: (text: string) => string }[] = [
  // A port, in `-p 5000:5000`, `localhost:5000/…` and URLs.
  { what: 'port', pattern: /\b(?:5000|8080)\b/g, change: (port) => String(Number(port) + 1) },
  // A tag: `:1.0` after a repository name, but not a port.
  { what: 'tag', pattern: /(?<=[a-z]):(?!5000|8080|80\b)v?\d[\w.]*|(?<=[a-z]):latest\b/g, change: () => ':9.9' },
  { what: 'tag', pattern: /(?<=\/manifests\/)[\w.]+/g, change: () => '9.9' },
  // A repository of the learner's registry.
  { what: 'repository', pattern: /\bmy(?:nginx|alpine)\b/g, change: (name) => `${name}x` },
  // An image of Docker Hub.
  {
    what: 'image',
    pattern: /(?<![\w/.-])(?:nginx|alpine|busybox|registry)(?=:)/g,
    change: (name) => (name === 'busybox' ? 'alpine' : 'busybox'),
  },
  { what: 'image', pattern: /(?<=docker (?:pull|tag) )(?:alpine|nginx)(?=\s|$)/g, change: () => 'busybox' },
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
