// Tests of `event` and `file`.

import { describe, expect, test } from 'vitest';
import { digest, type Scene, verdict } from './test-world.ts';

describe('event', () => {
  const die = (exitCode: number, image = 'hello-world') => ({
    kind: 'container' as const,
    action: 'die',
    id: 'c1',
    name: 'x',
    image,
    exitCode,
  });
  const ran = (scene: Scene) => verdict('event', { action: 'die', image: 'hello-world', exitCode: 0 }, scene);

  test('what a container did, by its image and its exit code', async () => {
    expect(await ran({ events: [die(1), die(0)] })).toBe('pass');
    expect(await ran({ events: [die(0, 'docker.io/library/hello-world:latest')] })).toBe('pass');
    expect(await ran({ events: [die(0, 'alpine')] })).toBe(
      'This step asks you to run a container from `hello-world:latest` to its end.',
    );
    expect(await ran({ events: [die(1)] })).toContain(
      'ended with exit code `1`; this step asks for one that ends with `0`',
    );
    expect(await ran({ commands: [['docker run hello_world', 125]] })).toContain('The name has a hyphen');
    expect(await ran({ commands: [['docker run helo-world', 125]] })).toContain('you probably mean `hello-world`');
  });

  test.each<[object, object]>([
    [
      { action: 'pull', image: 'nginx' },
      { action: 'pull', id: 'nginx:latest', name: 'nginx' },
    ],
    [
      { action: 'push', image: 'localhost:5000/a:1' },
      { action: 'push', id: 'localhost:5000/a:1' },
    ],
    [
      { action: 'tag', image: 'a:1' },
      { action: 'tag', name: 'a:1', id: digest('b') },
    ],
    [
      { action: 'untag', image: 'nginx' },
      { action: 'untag', id: digest('a'), name: digest('a') },
    ],
    [
      { action: 'stop', container: 'registry' },
      { kind: 'container', action: 'stop', name: 'registry', image: 'registry:2' },
    ],
  ])('%j', async (params, seen) => {
    const remembered = { 'nginx:latest': 'a' };
    expect(await verdict('event', params, { events: [seen], remembered })).toBe('pass');
    expect(await verdict('event', params, { events: [{ ...seen, id: 'other', name: 'other' }], remembered })).not.toBe(
      'pass',
    );
    expect(await verdict('event', params, {})).toMatch(/^This step asks you to /);
  });
});

describe('file', () => {
  const said = (files: Record<string, string>, says?: string) =>
    verdict('file', { path: '~/auth/htpasswd', matches: '^alice:\\$2y\\$', says }, { files });

  test('there, with this text', async () => {
    expect(await said({ '~/auth/htpasswd': 'bob:x\nalice:$2y$05$abc' })).toBe('pass');
    expect(await said({})).toBe('There is no file `~/auth/htpasswd` yet; this step asks for one.');
    expect(await said({ '~/auth/htpasswd': ' \n' })).toContain('is empty');
    expect(await said({ '~/auth/htpasswd': 'alice:$apr1$x' })).toContain("doesn't hold what this step asks for");
    expect(await said({ '~/auth/htpasswd': 'alice:$apr1$x' }, 'bcrypt only')).toBe('bcrypt only');
  });
});
