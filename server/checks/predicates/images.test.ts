// Tests of the predicates that look at the images of the learner's engine.

import { describe, expect, test } from 'vitest';
import { digest, outcomeOf, type Scene, verdict } from './test-world.ts';

const mine = 'localhost:5000/mynginx:1.0';
const both = { 'nginx:latest': 'a', [mine]: 'a' };

describe('image.present', () => {
  const present = (scene: Scene) => verdict('image.present', { image: 'nginx:latest' }, scene);

  test('exactly this name, in any spelling', async () => {
    expect(await present({ images: { 'nginx:latest': 'a' } })).toBe('pass');
    expect(
      await verdict('image.present', { image: 'docker.io/library/nginx' }, { images: { 'nginx:latest': 'a' } }),
    ).toBe('pass');
    expect(await present({})).toBe("`nginx:latest` isn't on this machine yet, and this step asks you to pull it.");
  });

  test('the beginning of an ID is no name', async () => {
    expect(await verdict('image.present', { image: '000' }, { images: { 'nginx:latest': 'a' } })).not.toBe('pass');
  });

  test('near misses', async () => {
    expect(await present({ images: { 'nginx:1.26': 'b' }, commands: [['docker pull nginx:1.26']] })).toBe(
      'You pulled `nginx:1.26`; this step asks for `nginx:latest`.',
    );
    expect(
      await outcomeOf('image.present', { image: 'nginx:latest' }, { commands: [['docker pull ngnix', 1]] }),
    ).toMatchObject({
      specific: true,
      message: 'Docker Hub has no image `ngnix`; you probably mean `nginx`. This step asks for `nginx:latest`.',
    });
  });
});

test('pushed instead of pulled', async () => {
  const commands: Scene['commands'] = [['docker push nginx', 1]];
  expect(await verdict('image.present', { image: 'nginx:latest' }, { commands })).toBe(
    '`docker push` uploads an image, and `docker pull` downloads one. This step asks for `docker pull nginx:latest`.',
  );
});

describe('image.absent', () => {
  const absent = (scene: Scene) => verdict('image.absent', { images: ['nginx:latest', mine] }, scene);

  test('all names, not one', async () => {
    expect(await absent({})).toBe('pass');
    expect(await absent({ images: both })).toBe(
      `\`nginx:latest\` and \`${mine}\` are still on this machine; this step asks you to remove all of them.`,
    );
    expect(await absent({ images: { 'nginx:latest': 'a' } })).toContain('Remove it too: `docker rmi nginx:latest`.');
  });

  test('another image that is in use is not to be removed', async () => {
    const images = { ...both, 'registry:2': 'e' };
    const typed = (line: string, exitCode: number) => absent({ images, commands: [[line, exitCode]] });
    expect(await typed('docker rmi registry:2', 1)).toBe(
      `\`registry:2\` isn't what this step asks you to remove, but \`nginx:latest\` and \`${mine}\`.`,
    );
    expect(await typed('docker rmi registry:3', 1)).toContain('are still on this machine');
    expect(await typed('docker rmi nginx', 1)).toContain('are still on this machine');
    expect(await typed('docker rmi registry:2', 0)).toContain('are still on this machine');
  });
});

describe('image.sameAs', () => {
  const same = (scene: Scene) => verdict('image.sameAs', { image: mine, as: 'nginx:latest' }, scene);

  test('the image counts, and is remembered', async () => {
    expect(await same({ images: both })).toBe('pass');
    expect(await same({ images: { [mine]: 'a' }, remembered: { 'nginx:latest': 'a' } })).toBe('pass');
    expect(await same({ images: { 'nginx:latest': 'a', 'alpine:latest': 'b', [mine]: 'b' } })).toContain(
      'stands for `alpine:latest`, not for `nginx:latest`',
    );
    expect(await same({ images: { [mine]: 'a' } })).toContain("isn't on this machine");
  });

  test.each([
    ['localhost:5000/mynginx:latest', 'You tagged `localhost:5000/mynginx:latest`; this step asks for'],
    ['localhost5000/mynginx:1.0', "Between a registry's host and its port stands a colon: `localhost:5000`; this step"],
    [
      'localhost/5000/mynginx:1.0',
      "Between a registry's host and its port stands a colon: `localhost:5000`; this step",
    ],
    ['mynginx:1.0', '`mynginx:1.0` has no registry in front'],
    ['localhost:500/mynginx:1.0', 'names a registry at `localhost:500`, and yours is at `localhost:5000`'],
    ['LOCALHOST:5000/mynginx:1.0', 'Docker takes `LOCALHOST:5000`, with its capitals, for a registry'],
    ['localhost:5000/other:1.0', 'You tagged `localhost:5000/other:1.0`'],
  ])('tagged %s instead', async (name, says) => {
    const scene: Scene = {
      images: { 'nginx:latest': 'a', [name]: 'a' },
      events: [{ action: 'tag', id: digest('a'), name }],
      commands: [[`docker tag nginx:latest ${name}`]],
    };
    expect(await same(scene)).toContain(says);
    expect(
      await same({ ...scene, events: [{ action: 'tag', id: digest('a'), name, atMs: 1 }], commands: [] }),
    ).toContain('This step asks for the name');
  });

  test('what failed after another name was made is not hidden by it', async () => {
    const scene = (...commands: NonNullable<Scene['commands']>): Scene => ({
      images: { 'nginx:latest': 'a', 'mynginx:1.0': 'a' },
      events: [{ action: 'tag', id: digest('a'), name: 'mynginx:1.0' }],
      commands: [['docker tag nginx:latest mynginx:1.0'], ...commands],
    });
    const specific = async (...commands: NonNullable<Scene['commands']>) =>
      outcomeOf('image.sameAs', { image: mine, as: 'nginx:latest' }, scene(...commands));
    const says = expect.stringContaining('`mynginx:1.0` has no registry in front');
    expect(await specific()).toMatchObject({ message: says, specific: true });
    const after = await specific([`docker push ${mine}`, 1]);
    expect(after).toMatchObject({ message: says });
    expect(after).not.toHaveProperty('specific');
  });

  test('another name was made, where the right one stands for another image', async () => {
    const images = { 'nginx:latest': 'a', 'localhost:5000/mynginx:latest': 'a', [mine]: 'b' };
    const named = (name: string) => same({ images, commands: [[`docker tag nginx:latest ${name}`]] });
    expect(await named('localhost:5000/mynginx')).toBe(
      `You tagged \`localhost:5000/mynginx:latest\`; this step asks for \`${mine}\`. No tag typed means \`latest\`.`,
    );
    expect(await named(mine)).toContain('stands for another image');
  });

  test('a source that was moved is not kept', async () => {
    const kept = (scene: Scene) =>
      verdict('image.sameAs', { image: 'demo:2', as: 'busybox:1.36', kept: true }, { images, ...scene });
    const images = { 'demo:2': 'a', 'busybox:1.36': 'a' };
    const moved = { action: 'tag', id: digest('a'), name: 'busybox:1.36' };
    const remembered = { 'busybox:1.36': 'ba' };
    const says =
      'You gave the name `busybox:1.36` to the image of `demo:2`, and this step asks for the other way round: `docker tag SOURCE TARGET`. Get it back with `docker pull busybox:1.36`, then tag again.';
    expect(await kept({ remembered, events: [moved] })).toBe(says);
    expect(await kept({ remembered, events: [{ action: 'pull', id: 'busybox:1.36' }, moved] })).toBe(says);
    expect(await kept({ remembered, events: [moved, { action: 'pull', id: 'busybox:1.36' }] })).toBe('pass');
    expect(await kept({ remembered, events: [{ ...moved, name: 'demo:2' }] })).toBe('pass');
    // The engine is ahead of its events.
    expect(await kept({ remembered: { 'busybox:1.36': 'b' }, events: [{ action: 'pull', id: 'busybox:1.36' }] })).toBe(
      says,
    );
    expect(await kept({ remembered: {}, events: [] })).toBe('pass');
    // To itself.
    expect(await kept({ remembered: { 'busybox:1.36': 'a' }, events: [moved] })).toBe('pass');
    const loose = { image: 'demo:2', as: 'busybox:1.36' };
    expect(await verdict('image.sameAs', loose, { images, remembered, events: [moved] })).toBe('pass');
  });

  test('swapped', async () => {
    expect(
      await same({ images: { 'nginx:latest': 'a' }, commands: [[`docker tag ${mine} nginx:latest`, 1]] }),
    ).toContain('`docker tag SOURCE TARGET`');
  });
});

describe('image.pulled', () => {
  const pulled = (scene: Scene) =>
    verdict(
      'image.pulled',
      { image: mine, afterRemoval: true },
      { registries: { 'localhost:5000': { 'mynginx:1.0': 'a' } }, ...scene },
    );
  const tag = { action: 'tag', id: digest('a'), name: mine };
  const pull = { action: 'pull', id: mine, name: 'localhost:5000/mynginx' };
  const untag = { action: 'untag', id: digest('a'), name: digest('a') };

  test('a pull after a removal, not a tag', async () => {
    const images = { [mine]: 'a' };
    expect(await pulled({ images, events: [tag, untag, pull] })).toBe('pass');
    expect(await pulled({ images, events: [tag, untag, pull, pull] })).toBe('pass');
    expect(await pulled({ images, events: [tag, untag, tag] })).toContain('you made it with `docker tag`');
    expect(await pulled({ images, events: [tag, untag, tag, pull] })).toContain('was here already when you pulled it');
    expect(await pulled({ images, events: [untag, tag, pull] })).toContain('was here already');
    expect(await outcomeOf('image.pulled', { image: mine }, { images })).toMatchObject({ state: 'notYet' });
    expect(await verdict('image.pulled', { image: mine }, { images, events: [pull] })).toBe('pass');
  });

  test("a removal of the image's other name is none of this one", async () => {
    const remembered = { [mine]: 'a', 'nginx:latest': 'a' };
    const now = (images: Scene['images'], ...events: NonNullable<Scene['events']>) =>
      pulled({ images: { ...images }, remembered, events });
    const [left, all] = [{ [mine]: 'a' }, both];
    expect(await now(left, tag, untag, pull)).toContain('was here already when you pulled it');
    expect(await now(left, tag, untag, tag, untag, pull)).toContain('was here already');
    expect(await now(all, tag, untag, pull)).toBe('pass');
    // Both names went, in any order; and one after the other, with a pull between.
    expect(await now(left, tag, untag, untag, pull)).toBe('pass');
    expect(await now(left, tag, untag, pull, untag, pull)).toBe('pass');
    expect(await now(left, tag, untag, pull, untag)).toBe('pass');
    expect(await now(left, tag, untag, { ...untag, action: 'delete' }, pull)).toBe('pass');
  });

  test('what was pulled while the lesson was prepared has no event, but a digest of its repository', async () => {
    const before: Scene = {
      images: { [mine]: 'a' },
      remembered: { [mine]: 'a' },
      digests: { a: [`localhost:5000/mynginx@${digest('9')}`] },
    };
    const once = (scene: Scene) => verdict('image.pulled', { image: mine }, { ...before, ...scene });
    expect(await once({})).toBe('pass');
    expect(await once({ digests: { a: [`nginx@${digest('9')}`] } })).toContain('not from a pull in this lesson');
    expect(await once({ remembered: { [mine]: 'b' } })).toContain('not from a pull in this lesson');
    expect(await once({ events: [tag] })).toContain('you made it with `docker tag`');
    expect(await pulled(before)).toContain('not from a pull in this lesson');
  });

  test('what the registry has instead', async () => {
    expect(await pulled({ commands: [['docker pull localhost:5000/mynginx', 1]] })).toBe(
      'You asked for `localhost:5000/mynginx:latest` (no tag typed means `latest`), but `mynginx` in your registry has only `1.0`. This step asks for `localhost:5000/mynginx:1.0`.',
    );
    const empty: Scene = { registries: { 'localhost:5000': {} }, commands: [[`docker pull ${mine}`, 1]] };
    expect(await pulled(empty)).toBe(
      `Your registry has no repository \`mynginx\`; it is empty. It has to be pushed once more: give an image the name \`${mine}\` with \`docker tag\` and push it, or start the lesson again.`,
    );
    expect(await pulled({ registries: {} })).toContain('Nothing answers at `localhost:5000`');
  });
});
