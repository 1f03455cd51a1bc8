import { expect, test } from 'vitest';
import { grouped, searched, verbOf } from './commands-met.ts';

const met = (command: string, step = 'A step') => ({
  command,
  step,
  lesson: 'A lesson',
  slug: 'a-lesson',
  language: 'en',
});

test('what a command does is told by its first words', () => {
  expect(verbOf('docker pull nginx:latest')).toBe('docker pull');
  expect(verbOf('docker image ls --digests')).toBe('docker image ls');
  expect(verbOf('sudo curl -s http://localhost:5000/v2/')).toBe('curl');
  expect(verbOf('docker')).toBe('docker');
});

test('each command once, with the step that it was met in first', () => {
  const groups = grouped([met('docker pull nginx', 'First'), met('curl x'), met('docker pull nginx', 'Again')]);
  expect(groups.map(({ verb }) => verb)).toEqual(['docker pull', 'curl']);
  expect(groups[0]?.commands).toEqual([met('docker pull nginx', 'First')]);
});

test('a search wants all its words, of command or step', () => {
  const groups = grouped([met('docker pull nginx', 'Pull it'), met('docker push x', 'Push it')]);
  expect(searched(groups, 'docker PULL').map(({ verb }) => verb)).toEqual(['docker pull']);
  expect(searched(groups, 'push it')).toHaveLength(1);
  expect(searched(groups, 'nothing')).toEqual([]);
});
