// The learner's shell where it is easily misread: traced, stopped, in odd folders, and with characters of odd widths.

import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAsTheComputer } from '../../protocol/character-widths.ts';
import { type RawSandbox, rawSandbox, until } from '../support/raw-sandbox.ts';
import { RawShell } from '../support/raw-shell.ts';

type Widths = Parameters<Parameters<typeof countAsTheComputer>[0]['unicode']['register']>[0];
const { Unicode11Addon } = createRequire(import.meta.url)('@xterm/addon-unicode11');

let sandbox: RawSandbox;
beforeAll(async () => {
  sandbox = await rawSandbox();
}, 60_000);
afterAll(() => sandbox?.[Symbol.asyncDispose]());

it('tells line, folder and end of what is traced, stopped and put in the background', async () => {
  using shell = await RawShell.open(sandbox);
  const told = async (keys: string) => {
    const { marks, text } = await shell.run(keys);
    return { text, marks: marks.filter(({ kind }) => 'EPD'.includes(kind)).map(({ value }) => value) };
  };
  await shell.run('mkdir "/tmp/a;\\ü" && cd "/tmp/a;\\ü"\r');
  expect((await told('cd /\r')).marks).toEqual(['cd /', bytes('Cwd=/tmp/a\\x3b\\x5cü'), '0']);
  expect((await told('unset PWD; (exit 3)\r')).marks).toEqual(['unset PWD\\x3b (exit 3)', 'Cwd=/', '3']);
  expect((await told('cd\r')).marks).toEqual(['cd', 'Cwd=', '0']);

  await shell.run('set -x\r');
  const traced = await told('false\r');
  expect(traced.marks).toEqual(['false', 'Cwd=/root', '1']);
  expect(traced.text).toContain('+ false');
  expect((await told('echo ;;\r')).marks).toEqual(['echo \\x3b\\x3b', 'Cwd=/root', '2']);
  await shell.run('set +x\r');
  expect(shell.text).not.toContain('__slipway');

  expect((await told('echo häß\r')).marks[0]).toBe(bytes('echo häß'));
  expect((await told('!!\r')).marks[0]).toBe(bytes('echo häß'));
  shell.type('sleep 99\r');
  await inForeground('sleep');
  expect((await told('\x1a')).marks).toEqual(['148']);
  shell.type('fg\r');
  await inForeground('sleep');
  expect((await told('\x03')).marks).toEqual(['130']);
  expect((await told('sleep 0.1 &\r')).marks).toEqual(['sleep 0.1 &', 'Cwd=/root', '0']);
  expect((await told('wait\r')).marks).toEqual(['wait', 'Cwd=/root', '0']);
});

it('counts the columns of every character as page and server do', async () => {
  let widths: Widths | undefined;
  const unicode = { activeVersion: '', register: (registered: Widths) => void (widths = registered) };
  countAsTheComputer({ unicode }, new Unicode11Addon());
  const classes = ['', '', ''];
  for (let code = 0x20; code < 0x110000; code++) {
    const surrogate = code >= 0xd800 && code < 0xe000;
    if (!surrogate) classes[widths?.wcwidth(code) ?? 0] += String.fromCodePoint(code);
  }
  for (const [width, characters] of classes.entries()) {
    // What the C library does not know is no character to it; `wc -L` counts columns.
    const command = "export LC_ALL=C.UTF-8; sed 's/[^[:print:]]//g' > /tmp/w; wc -m < /tmp/w; wc -L < /tmp/w";
    const { stdout } = await sandbox.exec(command, Buffer.from(`${characters}\n`));
    const [known = 0, columns] = stdout.trim().split('\n').map(Number);
    expect(known).toBeGreaterThan(1000);
    expect(columns, `of ${width} columns`).toBe(width * (known - 1));
  }
});

/** A key that comes before the program has the terminal goes to the shell. */
async function inForeground(program: string): Promise<void> {
  const isThere = async () => (await sandbox.exec(`ps -o stat= -C ${program}`)).stdout.includes('+');
  await until(10_000, `${program} in the foreground`, isThere);
}

/** As RawShell reads: a character for each byte. */
const bytes = (text: string): string => Buffer.from(text).toString('latin1');
