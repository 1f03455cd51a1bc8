// Evidence names the command that a verdict rests on, also where the engine was quicker than the command's end.

import { expect, it } from 'vitest';
import { worldOf } from '../checks/predicates/test-world.ts';
import { evidenceOf } from './evidence.ts';

const verdict = { verdict: 'pass', message: '' } as const;

it('names the last command, and the one that still runs before it', () => {
  const commands: [string, number, string][] = [['docker tag alpine mine:1', 0, 'done\n']];
  const ended = evidenceOf(verdict, worldOf({ commands }).journal, []);
  expect(ended.command).toEqual({ line: 'docker tag alpine mine:1', exitCode: 0, output: 'done\n' });
  const running = evidenceOf(verdict, worldOf({ commands, running: 'docker pull nginx' }).journal, []);
  expect(running.command).toEqual({ line: 'docker pull nginx', exitCode: null, output: '' });
  expect(evidenceOf(verdict, worldOf({}).journal, []).command).toBeNull();
});

it('keeps the beginning and the end of a long output', () => {
  const output = `begin${'x'.repeat(100_000)}end`;
  const { command } = evidenceOf(verdict, worldOf({ commands: [['yes', 130, output]] }).journal, []);
  expect(command?.output).toMatch(/^beginx+\n… 92008 characters …\nx+end$/);
});
