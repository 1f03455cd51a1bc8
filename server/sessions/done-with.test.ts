import { expect, test } from 'vitest';
import { doneWith } from './done-with.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const evidence = (output: string, answer = '') => ({
  atMs: 7,
  verdict: 'pass' as const,
  message: '',
  command: { line: 'docker push localhost:5000/web:1', exitCode: 0, output },
  facts: [{ asked: 'GET /v2/', answer }],
});

test('the digests that the command printed, each once and only a few', () => {
  const printed = `1: digest: ${digest('a')} size: 1\n${digest('a')} ${digest('b')} ${digest('c')} ${digest('d')}`;
  expect(doneWith('push-it', evidence(printed, digest('f')))).toEqual({
    step: 'push-it',
    atMs: 7,
    command: 'docker push localhost:5000/web:1',
    digests: [digest('a'), digest('b'), digest('c')],
  });
});

test('those that were seen, where it printed none; what only looks like one is none', () => {
  expect(doneWith('s', evidence('done', `{"digest":"${digest('e')}"}`)).digests).toEqual([digest('e')]);
  expect(doneWith('s', evidence('sha256:abc', `${digest('e')}0`)).digests).toEqual([]);
  expect(doneWith('s', { ...evidence(''), command: null })).toMatchObject({ command: null, digests: [] });
});
