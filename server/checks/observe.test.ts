// One evaluation asks each thing once, and keeps what it was told without secrets.

import { describe, expect, test } from 'vitest';
import { RegistryDown } from '../registry/types.ts';
import { observe } from './observe.ts';
import { digest, type Scene, worldOf } from './predicates/test-world.ts';
import type { World } from './types.ts';

const scene: Scene = {
  images: { 'nginx:latest': 'a' },
  containers: [{ ports: [{ hostPort: 5000, containerPort: 5000 }] }],
  registries: { 'localhost:5000': { 'mynginx:1.0': 'a' } },
  files: { '~/.docker/config.json': '{"auths":{"localhost:5000":{"auth":"YWxpY2U6czNjcmV0"}}}' },
  commands: [['docker login -u alice -p s3cret localhost:5000', 1]],
  events: [{ action: 'tag', name: 'x:1', id: digest('a') }],
};

describe('observe', () => {
  test('each question once, at the same time too', async () => {
    const world = worldOf(scene);
    const asked: string[] = [];
    const counted: World = {
      ...world,
      engine: { ...world.engine, images: () => (asked.push('images'), world.engine.images()) },
      registry: (host, credentials) => {
        const view = world.registry(host, credentials);
        return { ...view, tags: (repository) => (asked.push(`tags ${credentials?.password}`), view.tags(repository)) };
      },
    };
    const { world: seen } = observe(counted);
    await Promise.all([seen.engine.images(), seen.engine.images()]);
    await seen.engine.images();
    for (const password of ['a', 'b', 'a'])
      await seen.registry('localhost:5000', { user: 'u', password }).tags('mynginx');
    expect(asked).toEqual(['images', 'tags a', 'tags b']);
  });

  test('facts are plain text without secrets', async () => {
    const { world, facts } = observe(worldOf(scene));
    await world.engine.image('nginx');
    await world.engine.containers();
    await world.registry('localhost:5000', { user: 'alice', password: 's3cret' }).tags('mynginx');
    await expect(world.registry('localhost:1').tags('x')).rejects.toThrow(RegistryDown);
    await world.files.read('~/.docker/config.json');
    world.journal.events();
    world.journal.commands();
    expect(facts()).toEqual([
      { asked: 'image nginx', answer: '000000000000 nginx:latest' },
      { asked: 'all containers', answer: 'registry registry:2 (000000000000) running 5000:5000' },
      { asked: 'registry localhost:5000 as alice: tags of mynginx', answer: '1.0' },
      { asked: 'registry localhost:1: tags of x', answer: 'no answer' },
      { asked: 'file ~/.docker/config.json', answer: '{"auths":{"localhost:5000":{"auth":"…"}}}' },
      { asked: 'engine events', answer: 'image tag x:1' },
      { asked: 'commands of this step', answer: 'docker login -u alice -p … localhost:5000 (exit code 1)' },
    ]);
  });

  test('they are bounded', async () => {
    const images = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${'x'.repeat(200)}:${index}`, 'a']));
    const { world, facts } = observe(worldOf({ images, files: { big: `\u001b[31m${'b'.repeat(1e6)}` } }));
    await world.engine.images();
    await world.files.read('big');
    for (let index = 0; index < 100; index += 1) await world.engine.image(`n${index}`);
    expect(facts()).toHaveLength(40);
    expect(Math.max(...facts().map(({ answer }) => answer.length))).toBe(2_000);
    expect(facts()[1]?.answer).toMatch(/^\[31mbbb/);
  });
});
