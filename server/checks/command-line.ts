// A typed shell line taken apart into its simple commands, as far as checks need to recognise what was run.

import { parse } from 'shell-quote';

/** One program with its words; assignments, redirections and wrappers such as `sudo` are left out. */
export interface SimpleCommand {
  /** Without its folder: `docker`. */
  program: string;
  words: string[];
}

/** Simple commands joined by `|`. */
export type Pipeline = SimpleCommand[];

const longestLine = 8 * 1024;
const shells = new Set(['bash', 'sh', 'dash']);
/** Of shells that run in shells. */
const deepest = 2;

/**
 * The pipelines of a line, in order; those in `$(…)`, `(…)` and `bash -c '…'` stand by themselves. What cannot be read is left out:
 * a hostile or unfinished line yields a part or nothing, never an exception.
 */
export function parseCommandLine(line: string): Pipeline[] {
  return parsed(line, 0);
}

function parsed(line: string, depth: number): Pipeline[] {
  if (line.length > longestLine) return [];
  return logicalLines(line).flatMap((text) => {
    try {
      const found = pipelines(parse(text, (name) => `$${name}`));
      return depth === deepest ? found : found.flatMap((pipeline) => [pipeline, ...inShells(pipeline, depth)]);
    } catch {
      return [];
    }
  });
}

/** What `bash -c '…'` runs. */
function inShells(pipeline: Pipeline, depth: number): Pipeline[] {
  return pipeline.flatMap(({ program, words }) => {
    const at = shells.has(program) ? words.findIndex((word) => /^-[a-z]*c$/.test(word)) : -1;
    return at < 0 ? [] : parsed(words[at + 1] ?? '', depth + 1);
  });
}

const known = new WeakMap<{ line: string }, Pipeline[]>();

/** The same for a command that was run; each is read once, however often it is asked for. */
export function pipelinesOf(command: { line: string }): Pipeline[] {
  const found = known.get(command) ?? parseCommandLine(command.line);
  known.set(command, found);
  return found;
}

/** All simple commands of a line. */
export function simpleCommands(line: string): SimpleCommand[] {
  return parseCommandLine(line).flat();
}

// shell-quote takes a line break for a space and a comment for the rest of the text, so lines are cut beforehand.
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let quote = '';
  let start = 0;
  let line = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '\\' && quote !== "'") {
      if (text[at + 1] === '\n') {
        line += text.slice(start, at);
        start = at + 2;
      }
      at += 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '\n' || character === '\r') {
      lines.push(line + text.slice(start, at));
      line = '';
      start = at + 1;
    }
  }
  lines.push(line + text.slice(start));
  return lines;
}

type Token = ReturnType<typeof parse>[number];

/** What is being read on one level of parentheses. */
interface Level {
  words: string[];
  pipeline: Pipeline;
}

const enders = new Set(['||', '&&', ';', ';;', '&', ';&', ';;&']);
const openers = new Set(['(', '<(', '>(']);
const redirections = new Set(['>', '>>', '<', '>&', '<&', '>|', '<>', '&>', '&>>', '<<', '<<-', '<<<']);

function pipelines(tokens: readonly Token[]): Pipeline[] {
  const found: Pipeline[] = [];
  const outer: Level[] = [];
  let level: Level = { words: [], pipeline: [] };
  let skipTarget = false;

  const endCommand = () => {
    const command = simpleCommand(level.words);
    if (command) level.pipeline.push(command);
    level.words = [];
  };
  const endPipeline = () => {
    endCommand();
    if (level.pipeline.length > 0) found.push(level.pipeline);
    level.pipeline = [];
  };

  for (const token of tokens) {
    const word = wordOf(token);
    if (word !== null) {
      if (!skipTarget) level.words.push(word);
      skipTarget = false;
      continue;
    }
    skipTarget = false;
    if (typeof token === 'string' || !('op' in token)) continue;
    const operator: string = token.op;
    if (redirections.has(operator)) {
      if (/^\d$/.test(level.words.at(-1) ?? '')) level.words.pop();
      skipTarget = true;
    } else if (openers.has(operator)) {
      outer.push(level);
      level = { words: [], pipeline: [] };
    } else if (operator === ')') {
      endPipeline();
      level = outer.pop() ?? level;
    } else if (enders.has(operator)) {
      endPipeline();
    } else {
      endCommand();
    }
  }
  for (let current: Level | undefined = level; current; current = outer.pop()) {
    level = current;
    endPipeline();
  }
  return found;
}

function wordOf(token: Token): string | null {
  if (typeof token === 'string') return token;
  return 'op' in token && token.op === 'glob' ? token.pattern : null;
}

/** Wrappers that run the rest of their words, with those of their options that take a value. */
const wrappers: Record<string, { valued: string; operands: number }> = {
  sudo: { valued: 'ughpCDRTr', operands: 0 },
  time: { valued: 'fo', operands: 0 },
  timeout: { valued: 'ks', operands: 1 },
  nohup: { valued: '', operands: 0 },
  command: { valued: '', operands: 0 },
  env: { valued: 'uCS', operands: 0 },
};

/** Words of the shell's own that stand before a command, as in `for …; do docker pull x; done`. */
const keywords = new Set(['do', 'then', 'else', 'elif', 'if', 'while', 'until', '!', '{']);

function simpleCommand(words: readonly string[]): SimpleCommand | null {
  let at = 0;
  for (;;) {
    while (keywords.has(words[at] ?? '')) at += 1;
    while (/^[A-Za-z_]\w*\+?=/.test(words[at] ?? '')) at += 1;
    const program = (words[at] ?? '').split('/').at(-1) ?? '';
    const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
    if (!wrapper) return program === '' ? null : { program, words: words.slice(at + 1) };
    at += 1;
    while ((words[at] ?? '').startsWith('-')) {
      const option = words[at] as string;
      at += option.length === 2 && wrapper.valued.includes(option[1] as string) ? 2 : 1;
    }
    at += wrapper.operands;
  }
}
