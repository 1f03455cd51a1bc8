// Tests of what a registry holds: repositories, absent tags, equal tags, blobs.

import { describe, expect, test } from 'vitest';
import { type Scene, verdict } from './test-world.ts';

const host = 'localhost:5000';
const served = (content: Record<string, string>): Scene => ({ registries: { [host]: content } });
const where = { registry: host, repository: 'mynginx' };

test('registry.repository', async () => {
  const asked = (scene: Scene) => verdict('registry.repository', where, scene);
  expect(await asked(served({ 'mynginx:1.0': 'a' }))).toBe('pass');
  expect(await asked(served({ 'nginx:1.0': 'a' }))).toBe(
    'Your registry has no repository `mynginx` yet; it holds `nginx`.',
  );
  expect(await asked(served({}))).toContain('it is empty');
  expect(await asked({})).toContain('no registry runs');
});

test('registry.tagAbsent', async () => {
  const asked = (scene: Scene) => verdict('registry.tagAbsent', { ...where, tag: '1.0' }, scene);
  expect(await asked(served({ 'mynginx:2.0': 'a' }))).toBe('pass');
  expect(await asked(served({ 'mynginx:1.0': 'a' }))).toContain('still serves `mynginx:1.0`');
  expect(
    await asked({ ...served({ 'mynginx:1.0': 'a' }), commands: [['docker rmi localhost:5000/mynginx:1.0']] }),
  ).toContain('`docker rmi` removes names on this machine only');
  expect(await asked({})).toContain('no registry runs');
});

test('registry.tagsSame', async () => {
  const asked = (scene: Scene) => verdict('registry.tagsSame', { ...where, tags: ['1.0', 'stable'] }, scene);
  expect(await asked(served({ 'mynginx:1.0': 'a', 'mynginx:stable': 'a' }))).toBe('pass');
  expect(await asked(served({ 'mynginx:1.0': 'a', 'mynginx:stable': 'b' }))).toContain('are different images');
  expect(await asked(served({ 'mynginx:1.0': 'a' }))).toContain('has no tag `stable` in `mynginx` yet');
  expect(await asked({ ...served({ 'mynginx:1.0': 'a' }), images: { [`${host}/mynginx:stable`]: 'a' } })).toContain(
    "`localhost:5000/mynginx:stable` is on this machine, but your registry doesn't have it yet.",
  );
});

test('registry.blob', async () => {
  const asked = (scene: Scene) => verdict('registry.blob', { ...where, image: 'nginx' }, scene);
  expect(await asked({ ...served({ 'mynginx:1.0': 'a' }), images: { 'nginx:latest': 'a' } })).toBe('pass');
  expect(await asked({ ...served({ 'mynginx:1.0': 'a' }), remembered: { 'nginx:latest': 'a' } })).toBe('pass');
  expect(await asked({ ...served({ 'mynginx:1.0': 'b' }), images: { 'nginx:latest': 'a' } })).toContain(
    "doesn't hold the image",
  );
  expect(await asked(served({ 'mynginx:1.0': 'b' }))).toContain("hasn't been on this machine");
});

describe('why nothing answers', () => {
  test.each<[string, Scene, string]>([
    ['none', {}, 'no registry runs'],
    ['stopped', { containers: [{ state: 'exited' }] }, 'is stopped. Start it with `docker start registry`'],
    ['without its port', { containers: [{ ports: [] }] }, 'runs, but publishes no port'],
    [
      'on another port',
      { containers: [{ ports: [{ hostPort: 5001, containerPort: 5000 }] }] },
      'publishes port `5001` instead',
    ],
    ['another program', { status: 'not-a-registry' }, "isn't a registry"],
  ])('%s', async (_, scene, says) => expect(await verdict('registry.repository', where, scene)).toContain(says));
});
