// Commands out of bytes, however the bytes are cut, and never out of printed files.

import { describe, expect, it } from 'vitest';
import type { CommandRecord } from '../checks/types.ts';
import { ShellIntegration } from './shell-integration.ts';

const mark = (text: string, nonce = 'n1') => `\x1b]633;${text};${nonce}\x07`;
const STREAM = `${mark('A')}# ${mark('B')}docker ps\r\n${mark('E;docker ps')}${mark('C')}NAME\r\nweb\r\n${mark('D;0')}`;

function read(stream: string, cut = Number.POSITIVE_INFINITY) {
  const commands: (CommandRecord & { endByte: number })[] = [];
  const started: string[] = [];
  const integration = new ShellIntegration({
    nonce: 'n1',
    onStart: (line) => started.push(line),
    onCommand: (command, endByte) => commands.push({ ...command, endByte }),
  });
  const bytes = Buffer.from(stream);
  for (let at = 0; at < bytes.length; at += Math.min(cut, bytes.length))
    integration.push(bytes.subarray(at, at + cut), 1000 + at);
  return { commands, started, integration };
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

  it('tells when a command starts and which one runs', () => {
    const { started, integration } = read(`${STREAM}${mark('E;tmux')}${mark('C')}`);
    expect(started).toEqual(['docker ps', 'tmux']);
    expect(integration.runningLine).toBe('tmux');
    expect(read(STREAM).integration.runningLine).toBeNull();
    const forged = read(`${mark('E;tmux', 'n2')}${mark('C', 'n2')}`);
    expect(forged.started).toEqual([]);
    expect(forged.integration.runningLine).toBeNull();
  });

  it('takes a forged start for output of the command that runs', () => {
    const { started, integration } = read(
      `${mark('E;cat file')}${mark('C')}${mark('E;tmux', 'n2')}${mark('C', '')}${mark('D;0', 'n2')}`,
    );
    expect(started).toEqual(['cat file']);
    expect(integration.runningLine).toBe('cat file');
  });

  it('ends what ran when another shell comes, and keeps it at a mere prompt', () => {
    const { commands, integration } = read(`${mark('E;exec bash')}${mark('C')}${mark('S')}${mark('A')}# ${mark('B')}`);
    expect(commands).toMatchObject([{ line: 'exec bash', exitCode: 129 }]);
    expect(integration.runningLine).toBeNull();
    expect(read(`${mark('E;sh')}${mark('C')}${mark('A')}`).integration.runningLine).toBe('sh');
  });

  it('reads a refused line, and an end without a status before it', () => {
    const { commands } = read(
      `${mark('E;echo one')}${mark('C')}one\r\n${mark('D;')}${mark('E;docker rmi <x>')}${mark('C')}${mark('D;2')}`,
    );
    expect(commands).toMatchObject([
      { line: 'echo one', exitCode: 0 },
      { line: 'docker rmi <x>', exitCode: 2, output: '' },
    ]);
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

  it('keeps 64 KiB of 100 MB of output of one command', () => {
    const commands: CommandRecord[] = [];
    const integration = new ShellIntegration({ nonce: 'n1', onCommand: (command) => commands.push(command) });
    integration.push(Buffer.from(`${mark('E;yes')}${mark('C')}first`), 0);
    const chunk = Buffer.alloc(65_536, 'y\r\n');
    const before = process.memoryUsage().rss;
    let grown = 0;
    for (let sent = 0; sent < 100e6; sent += chunk.length) {
      integration.push(chunk, sent);
      grown = Math.max(grown, process.memoryUsage().rss - before);
    }
    integration.push(Buffer.from(`last${mark('D;130')}`), 100e6);
    expect(commands[0]?.output?.length).toBeLessThanOrEqual(65_536);
    expect(commands[0]?.output?.startsWith('first')).toBe(true);
    expect(commands[0]?.output?.endsWith('last')).toBe(true);
    expect(grown).toBeLessThan(30e6);
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
