// Placeholders in a command, such as `<image_id>`, and the learner's own values for them.

/** The command with its placeholders filled, or the names of those that have no value yet. */
export type Filled = { command: string } | { missing: string[] };

export function fill(command: string, names: readonly string[], values: Readonly<Record<string, string>>): Filled {
  const missing = names.filter((name) => !values[name]);
  if (missing.length > 0) return { missing };
  return {
    command: command.replace(/<([\w-]+)>/g, (whole, name: string) =>
      names.includes(name) ? (values[name] ?? whole) : whole,
    ),
  };
}

/** The text in pieces; every second one is a placeholder. */
export function aroundPlaceholders(text: string, names: readonly string[]): string[] {
  if (names.length === 0) return [text];
  return text.split(new RegExp(`(<(?:${names.map((name) => name.replace(/\W/g, '\\$&')).join('|')})>)`));
}
