import { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { CommandPlaces } from './command-places.ts';
import { ShellCommands } from './shell-commands.ts';

const mark = (text: string) => `\x1b]633;${text};n1\x07`;
const ran = (line: string, output: string) =>
  `$ ${mark('B')}${line}\r\n${mark(`E;${line}`)}${mark('C;1.0')}${output}${mark('D;0;2.0')}`;

async function show(output: string) {
  const terminal = new Terminal({ cols: 20, rows: 10, scrollback: 50 });
  const commands = new ShellCommands(terminal);
  commands.trust('n1');
  const places = new CommandPlaces(terminal, commands);
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  return { terminal, commands, places };
}

test('a command takes the rows of what it printed', async () => {
  const { places } = await show(`${ran('ls', 'a\r\nb\r\n')}${ran('true', '')}${ran('echo a line too long', 'x\r\n')}`);
  expect(places.places.value.map(({ command, row, rows, free }) => [command.line, row, rows, free])).toEqual([
    ['ls', 0, 3, 16],
    ['true', 3, 1, 14],
    ['echo a line too long', 4, 3, 0],
  ]);
});

test('nothing stands beside a program that has the whole screen', async () => {
  const { places, terminal } = await show(ran('ls', ''));
  expect(places.places.value).toHaveLength(1);
  await new Promise<void>((resolve) => terminal.write(`\x1b[?1049h${mark('B')}${mark('C;1.0')}`, resolve));
  expect(places.places.value).toEqual([]);
});

test('jumping goes up from the newest, stops at the oldest, and leaves below the newest', async () => {
  const { places, commands } = await show(`${ran('one', '')}${ran('two', '')}`);
  const chosen = () => commands.all.value.find(({ id }) => id === places.chosen.value)?.line;
  expect(places.jump(1)).toBe(false);
  expect(chosen()).toBeUndefined();
  for (const line of ['two', 'one', 'one']) {
    expect(places.jump(-1)).toBe(true);
    expect(chosen()).toBe(line);
  }
  expect(places.jump(1)).toBe(true);
  expect(chosen()).toBe('two');
  expect(places.jump(1)).toBe(false);
});
