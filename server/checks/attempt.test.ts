// Which commands are met with words, and which with silence.

import { describe, expect, test } from 'vitest';
import { type Asked, isAttempt, lastAttempt } from './attempt.ts';
import { simpleCommands } from './command-line.ts';
import { journalOf } from './predicates/test-world.ts';

const attempt = (line: string, exitCode = 0, asked?: Asked) =>
  isAttempt({ line, exitCode, output: '', startedAtMs: 0, endedAtMs: 0 }, asked);
const named = (...lines: string[]): Asked => ({ readsPrompt: true, names: lines.flatMap(simpleCommands) });

describe('isAttempt', () => {
  test.each([
    '',
    '   ',
    'ls',
    'ls -la /etc',
    'cd /',
    'cat x',
    'docker',
    'docker --help',
    'docker pull --help',
    'docker help run',
    'echo hi | less',
    'history',
  ])('%j is none', (line) => expect(attempt(line)).toBe(false));
  test.each([
    'cat x | base64 -d',
    'docker pull nginx',
    'sudo docker ps',
    'curl localhost:5000',
    'for i in 1 2; do docker pull a:$i; done',
    'docker ps -h x',
  ])('%j is one', (line) => expect(attempt(line)).toBe(true));
  test('an unknown program is one: it may be a slip of the finger', () => {
    expect(attempt('dokcer ps', 127)).toBe(true);
  });
  test('looking around is none where nothing has to be typed, unless it fails', () => {
    const state: Asked = { readsPrompt: false, names: [] };
    expect(attempt('docker images', 0, state)).toBe(false);
    expect(attempt('docker image ls', 0, { ...state, readsPrompt: true })).toBe(true);
    expect(attempt('curl -s localhost:5000/v2/_catalog | jq .', 0, state)).toBe(false);
    expect(attempt('curl -X DELETE localhost:5000/v2/x', 0, state)).toBe(true);
    expect(attempt('curl localhost:5000/v2/', 7, state)).toBe(true);
    expect(attempt('docker logs registri', 1, state)).toBe(true);
    expect(attempt('docker ps; docker pull a', 0, state)).toBe(true);
  });

  const config = named('cat ~/.docker/config.json', 'less ~/.docker/config.json');
  test.each([
    'cat .docker',
    'cat',
    'sudo cat /etc/hosts',
    'ls -la ~/.docker',
    'cd ~/.docker && ls config.json',
    'echo {} > ~/.docker/config.json',
  ])('%j is one where the step names `cat ~/.docker/config.json`', (line) => {
    expect(attempt(line, 0, config)).toBe(true);
    expect(attempt(line)).toBe(false);
  });
  test.each([
    'ls',
    'ls ~',
    'ls /etc',
    'cd ~/.docker',
    'mkdir -p ~/.docker',
    'cat --help',
    'history | less',
    'echo cat',
  ])('%j is none there', (line) => expect(attempt(line, 0, config)).toBe(false));
  test('`ls` is one where the step names it, and a command that the step does not name is as ever', () => {
    expect(attempt('ls /etc', 0, named('ls'))).toBe(true);
    expect(attempt('cat x', 0, named('ls'))).toBe(false);
    expect(attempt('docker --help', 0, named('docker images'))).toBe(false);
  });
});

test('what was typed after the last attempt changes nothing', () => {
  expect(lastAttempt(journalOf({ commands: [['docker pull x', 1], ['ls'], ['']] }))?.line).toBe('docker pull x');
  expect(lastAttempt(journalOf({ commands: [['ls']] }))).toBeNull();
});
