// Which commands are met with words, and which with silence.

import { describe, expect, test } from 'vitest';
import { isAttempt, lastAttempt } from './attempt.ts';
import { journalOf } from './predicates/test-world.ts';

const attempt = (line: string, exitCode = 0, readsPrompt?: boolean) =>
  isAttempt({ line, exitCode, output: '', startedAtMs: 0, endedAtMs: 0 }, readsPrompt);

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
    expect(attempt('docker images', 0, false)).toBe(false);
    expect(attempt('docker image ls', 0, true)).toBe(true);
    expect(attempt('curl -s localhost:5000/v2/_catalog | jq .', 0, false)).toBe(false);
    expect(attempt('curl -X DELETE localhost:5000/v2/x', 0, false)).toBe(true);
    expect(attempt('curl localhost:5000/v2/', 7, false)).toBe(true);
    expect(attempt('docker logs registri', 1, false)).toBe(true);
    expect(attempt('docker ps; docker pull a', 0, false)).toBe(true);
  });
});

test('what was typed after the last attempt changes nothing', () => {
  expect(lastAttempt(journalOf({ commands: [['docker pull x', 1], ['ls'], ['']] }))?.line).toBe('docker pull x');
  expect(lastAttempt(journalOf({ commands: [['ls']] }))).toBeNull();
});
