// Progress for people: a line for each stage, with the time that it took.

export interface Progress {
  /** Begins a stage; call what it answers when the stage is done. */
  stage(text: string): () => void;
  /** A stage that tells its own beginning and end in words. */
  line(text: string): void;
  /** The last lines: where to go. */
  ready(where: string): void;
}

const COLUMN = 52;

/** Writes to stderr, so that a command's own output stays clean. */
export function createProgress(): Progress {
  const beganMs = Date.now();
  const say = (mark: string, text: string, sinceMs: number) =>
    process.stderr.write(
      `  ${mark} ${text.padEnd(COLUMN)} ${((Date.now() - sinceMs) / 1000).toFixed(1).padStart(6)} s\n`,
    );
  return {
    stage(text) {
      const stageMs = Date.now();
      say('…', text, beganMs);
      return () => say('✓', text, stageMs);
    },
    line: (text) => say('…', text, beganMs),
    ready(where) {
      say('✓', 'Ready', beganMs);
      process.stdout.write(where);
    },
  };
}
