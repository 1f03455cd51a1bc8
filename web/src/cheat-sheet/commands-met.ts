// The commands that a learner has met: those of the steps that passed, by what they do, each once.

/** `language`: of what step and lesson are called. */
export type MetCommand = { command: string; step: string; lesson: string; slug: string; language: string };
export type MetGroup = { verb: string; commands: MetCommand[] };

/** Of docker these need one more word to say what is done. */
const MANAGED = /^(image|container|volume|network|system|manifest|builder|buildx)$/;

/** `docker pull` of `docker pull nginx:latest`; `curl` of any curl. */
export function verbOf(command: string): string {
  const words = command
    .trim()
    .split(/\s+/)
    .filter((word) => word !== 'sudo' && !word.includes('='));
  const [program = '', ...rest] = words;
  if (program !== 'docker') return program;
  const said = rest.filter((word) => !word.startsWith('-'));
  return [program, ...said.slice(0, MANAGED.test(said[0] ?? '') ? 2 : 1)].join(' ');
}

/** In the order in which they were met. */
export function grouped(commands: readonly MetCommand[]): MetGroup[] {
  const once = commands.filter(({ command }, at) => commands.findIndex((one) => one.command === command) === at);
  return [...Map.groupBy(once, ({ command }) => verbOf(command))].map(([verb, all]) => ({ verb, commands: all }));
}

/** Those with all the words in them. */
export function searched(groups: readonly MetGroup[], words: string): MetGroup[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ command, step, lesson }: MetCommand) => {
    const text = `${command} ${step} ${lesson}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return groups
    .map(({ verb, commands }) => ({ verb, commands: commands.filter(fits) }))
    .filter(({ commands }) => commands.length > 0);
}
