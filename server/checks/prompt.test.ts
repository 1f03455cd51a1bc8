// Which lines hide the prompt, and what a step that reads it says then.

import { expect, test } from 'vitest';
import { verdict } from './predicates/test-world.ts';
import { innerShell } from './prompt.ts';

test.each([
  ['sh', 'sh'],
  ['bash -l', 'bash'],
  ['/bin/dash', 'dash'],
  ['tmux new -s x', 'tmux'],
  ['screen', 'screen'],
  ['script -q log', 'script'],
  ['sudo su', 'su'],
  ['su - root', 'su'],
  ['watch docker ps', 'watch'],
  ['sudo -i', 'sudo'],
  ['docker exec -it registry sh', 'docker exec'],
  ['docker run --rm -it alpine /bin/sh', 'docker run'],
  ['sh -c "docker ps"', null],
  ['bash script.sh', null],
  ['docker exec registry ls', null],
  ['docker run -d registry:2', null],
  ['docker ps', null],
  ['echo sh', null],
])('%s', (line, program) => expect(innerShell(line)).toBe(program));

test('a step that reads the prompt says so, one that reads the state does not', async () => {
  const running = 'sh';
  expect(await verdict('command', { run: ['docker ps'] }, { running })).toBe(
    'This step reads what you type at the first prompt, and `sh` has a prompt of its own. Leave it with `exit`, then go on.',
  );
  expect(await verdict('image.present', { image: 'nginx' }, { running })).toContain("isn't on this machine");
  const checks = [{ 'image.present': { image: 'nginx' } }, { command: { run: ['docker ps'] } }];
  expect(await verdict('all', { checks }, { running })).toContain("isn't on this machine");
  expect(await verdict('all', { checks }, { running, images: { 'nginx:latest': 'a' } })).toContain('first prompt');
  expect(await verdict('command', { run: ['docker ps'] }, { running, commands: [['docker ps']] })).toBe('pass');
});
