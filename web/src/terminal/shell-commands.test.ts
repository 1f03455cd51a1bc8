import { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { ShellCommands } from './shell-commands.ts';

const mark = (text: string, nonce = 'n1') => `\x1b]633;${text};${nonce}\x07`;
const prompt = `${mark('A')}$ ${mark('B')}`;
/** A command from its Return to the next prompt. */
const ran = (line: string, output: string, code = 0, seconds = 1) =>
  `${line}\r\n${mark(`E;${line}`)}${mark(`P;Cwd=/root/${line[0]}`)}${mark('C;100.0')}${output}${mark(`D;${code};${100 + seconds}.0`)}${prompt}`;

async function show(...outputs: string[]) {
  const terminal = new Terminal({ cols: 20, rows: 5, scrollback: 20 });
  const commands = new ShellCommands(terminal);
  commands.trust('n1');
  const write = (output: string) => new Promise<void>((resolve) => terminal.write(output, resolve));
  for (const output of outputs) await write(output);
  return { terminal, commands, write };
}

test('each command has its line, row, exit code, duration and output', async () => {
  const { commands } = await show(prompt, ran('echo a', 'a\r\n'), ran('false', '', 1, 3), ran('printf x', 'x'));
  expect(commands.all.value).toMatchObject([
    { line: 'echo a', folder: '/root/e', running: false, exitCode: 0, seconds: 1, head: { line: 0 } },
    { line: 'false', exitCode: 1, seconds: 3, head: { line: 2 } },
    { line: 'printf x', exitCode: 0, head: { line: 3 } },
  ]);
  expect(commands.all.value.map((command) => commands.outputOf(command))).toEqual(['a', '', 'x']);
  expect(commands.atPrompt).toBe(true);
});

test('a long line of output is one line again', async () => {
  const long = 'docker.io/library/nginx:latest 7';
  const { commands } = await show(prompt, ran('ls', `${long}\r\n\r\nb  c\r\n`));
  const [command] = commands.all.value;
  expect(command && commands.outputOf(command)).toBe(`${long}\n\nb  c`);
});

test('a command that runs has no end yet, and is no prompt', async () => {
  const { commands, write } = await show(`${prompt}sleep 9\r\n${mark('E;sleep 9')}${mark('C;5.0')}so far`);
  const [command] = commands.all.value;
  expect(command).toMatchObject({ line: 'sleep 9', running: true, exitCode: null, seconds: null });
  expect(command && commands.outputOf(command)).toBe('so far');
  expect(commands.atPrompt).toBe(false);
  await write(mark('S'));
  expect(commands.all.value).toMatchObject([{ running: false, exitCode: null, seconds: null }]);
});

test('a printed file makes no command, and no prompt of a program that asks', async () => {
  const forged = [
    mark('D;0;1.0', 'n2'),
    mark('B', 'n2'),
    mark('E;rm -rf /', 'n2'),
    mark('C;2.0', ''),
    '\x1b]633;B\x07',
  ];
  const { commands } = await show(`${prompt}cat f\r\n${mark('E;cat f')}${mark('C;1.0')}${forged.join('')}`);
  expect(commands.all.value).toMatchObject([{ line: 'cat f', running: true }]);
  expect(commands.atPrompt).toBe(false);
});

test('a prompt drawn again moves the command with it', async () => {
  const { commands } = await show(`old\r\n${prompt}`, `\x1b[H\x1b[2J${prompt}`, ran('ls', 'a\r\n'));
  expect(commands.all.value).toMatchObject([{ line: 'ls', head: { line: 0, isDisposed: false } }]);
});

test('of what has left the scrollback the rest is told, and nothing of before it', async () => {
  const many = Array.from({ length: 40 }, (_, n) => `${n}\r\n`).join('');
  const { commands } = await show(prompt, ran('first', 'x\r\n'), ran('many', many), ran('last', 'y\r\n'));
  expect(commands.all.value.map(({ line }) => line)).toEqual(['last']);
  const { commands: running, write } = await show(`${prompt}m\r\n${mark('E;m')}${mark('C;1.0')}${many}`);
  const [command] = running.all.value;
  expect(command?.head.isDisposed).toBe(true);
  expect((command && running.outputOf(command))?.split('\n').at(-1)).toBe('39');
  await write(`${mark('D;0;2.0')}${prompt}${ran('next', 'z\r\n')}`);
  expect(running.all.value.map(({ line }) => line)).toEqual(['next']);
});

test('a program with the whole screen leaves its command where it was typed', async () => {
  const { commands } = await show(prompt, ran('vim', '\x1b[?1049h\x1b[Htext\x1b[?1049l'), ran('echo b', 'b\r\n'));
  expect(commands.all.value).toMatchObject([
    { line: 'vim', head: { line: 0 } },
    { line: 'echo b', head: { line: 1 } },
  ]);
  expect(commands.all.value.map((command) => commands.outputOf(command))).toEqual(['', 'b']);
});

test('clearing and a full reset forget what is gone', async () => {
  const { commands, terminal, write } = await show(prompt, ran('ls', 'a\r\n'));
  terminal.clear();
  commands.cleared();
  expect(commands.all.value).toEqual([]);
  await write(ran('pwd', '/\r\n'));
  expect(commands.all.value).toMatchObject([{ line: 'pwd', head: { line: 0 } }]);
  await write(`\x1bc${prompt}`);
  expect(commands.all.value).toEqual([]);
});

test('a line that the shell may have cut is not taken for whole', async () => {
  const { commands } = await show(prompt, `x\r\n${mark(`E;${'x'.repeat(8192)}`)}${mark('C;1.0')}${mark('D;0;1.0')}`);
  expect(commands.all.value).toMatchObject([{ line: '' }]);
});

test('not too many are kept', async () => {
  const { commands } = await show(
    ...Array.from({ length: 400 }, () => `${mark('E;x')}${mark('C;1.0')}${mark('D;0;1.0')}`),
  );
  expect(commands.all.value).toHaveLength(300);
});
