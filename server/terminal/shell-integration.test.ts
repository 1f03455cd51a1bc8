// Commands out of bytes, however the bytes are cut, and never out of printed files.

import { describe, expect, it } from 'vitest';
import type { CommandRecord } from '../checks/types.ts';
import { ShellIntegration } from './shell-integration.ts';

const mark = (text: string, nonce = 'n1') => `\x1b]633;${text};${nonce}\x07`;
const STREAM = `${mark('A')}# ${mark('B')}docker ps\r\n${mark('E;docker ps')}${mark('C')}NAME\r\nweb\r\n${mark('D;0')}`;

function read(stream: string, cut = Number.POSITIVE_INFINITY) {
  const commands: (CommandRecord & { endByte: number })[] = [];
  const integration = new ShellIntegration({
    nonce: 'n1',
    onCommand: (command, endByte) => commands.push({ ...command, endByte }),
  });
  const bytes = Buffer.from(stream);
  for (let at = 0; at < bytes.length; at += Math.min(cut, bytes.length))
    integration.push(bytes.subarray(at, at + cut), 1000 + at);
  return { commands, integration };
}

describe('ShellIntegration', () => {
  it.each([1, 2, 3, 7, 64, Number.POSITIVE_INFINITY])('finds a command in pieces of %d bytes', (cut) => {
    const { commands } = read(STREAM, cut);
    expect(commands).toMatchObject([
      { line: 'docker ps', exitCode: 0, output: 'NAME\nweb\n', endByte: 1000 + Buffer.byteLength(STREAM) },
    ]);
  });

  it('knows whether a command is running', () => {
    expect(read(STREAM).integration.commandRunning).toBe(false);
    expect(read(`${mark('E;sleep 9')}${mark('C')}`).integration.commandRunning).toBe(true);
  });

  it('takes no mark with another nonce or none', () => {
    const forged = `${mark('E;docker ps', 'n2')}${mark('C', 'n2')}${mark('D;0', 'n2')}\x1b]633;D;0\x07`;
    expect(read(forged).commands).toEqual([]);
    const within = `${mark('E;cat file')}${mark('C')}${forged}${mark('D;1')}`;
    expect(read(within).commands).toMatchObject([{ line: 'cat file', exitCode: 1 }]);
  });

  it('undoes escapes, several lines and UTF-8 among them', () => {
    const { commands } = read(`${mark('E;echo a\\x3bb \\\\ \\x0aecho \\xc3\\xa9 é')}${mark('C')}${mark('D;2')}`);
    expect(commands[0]?.line).toBe('echo a;b \\ \necho é é');
  });

  it('keeps the first and the last 32 KiB of an output', () => {
    const { commands } = read(`${mark('E;yes')}${mark('C')}first ${'x'.repeat(1_000_000)} last${mark('D;130')}`, 4096);
    const { output = '' } = commands[0] ?? {};
    expect(output.length).toBeLessThanOrEqual(65_536);
    expect(output.startsWith('first ')).toBe(true);
    expect(output.endsWith(' last')).toBe(true);
  });

  it('shows colours as nothing and an overwritten line as its last form', () => {
    const { commands } = read(`${mark('E;x')}${mark('C')}\x1b[31mred\x1b[m\r\n10%\r50%\rdone\r\n${mark('D;0')}`);
    expect(commands[0]?.output).toBe('red\ndone\n');
  });

  it('does not grow with a mark that never ends', () => {
    const { commands } = read(`\x1b]633;E;${'x'.repeat(2_000_000)}`, 8192);
    expect(commands).toEqual([]);
  });
});
