// Tests of `registry.tag` and its near misses.

import { describe, expect, test } from 'vitest';
import { digest, type Scene, verdict } from './test-world.ts';

const host = 'localhost:5000';
const mine = `${host}/mynginx:1.0`;
const images = { 'nginx:latest': 'a', [mine]: 'a' };
const tagged = (scene: Scene, image: string | null = 'nginx:latest') =>
  verdict(
    'registry.tag',
    { registry: host, repository: 'mynginx', tag: '1.0', ...(image ? { image } : {}) },
    { registries: { [host]: {} }, ...scene },
  );

describe('registry.tag', () => {
  test('the image counts, now or as it was remembered', async () => {
    const registries = { [host]: { 'mynginx:1.0': 'a' } };
    expect(await tagged({ registries, images })).toBe('pass');
    expect(await tagged({ registries, remembered: { 'nginx:latest': 'a' } })).toBe('pass');
    expect(await tagged({ registries }, null)).toBe('pass');
    expect(await tagged({ registries })).toContain("isn't here to compare it with");
    expect(
      await tagged({
        registries: { [host]: { 'mynginx:1.0': 'b' } },
        images: { 'nginx:latest': 'a', 'alpine:latest': 'b' },
      }),
    ).toBe(
      '`mynginx:1.0` in your registry is `alpine:latest`; this step asks for `nginx:latest`. Tag that image `localhost:5000/mynginx:1.0` and push again.',
    );
  });

  test.each<[string, Scene, string]>([
    ['down', { registries: {} }, 'no registry runs'],
    [
      'not tagged',
      { images: { 'nginx:latest': 'a' } },
      "Your registry doesn't have `mynginx:1.0` yet; this step asks for the image of `nginx:latest` there.",
    ],
    [
      'removed before it was pushed',
      { images: { 'nginx:latest': 'a' }, remembered: { [mine]: 'a' } },
      `\`${mine}\` is neither in your registry nor on this machine any more. Give that name to \`nginx:latest\` again with \`docker tag\`, then push it.`,
    ],
    [
      'removed with its source',
      { remembered: { 'nginx:latest': 'a', [mine]: 'a' } },
      'Pull `nginx:latest`, give that name to `nginx:latest` again with `docker tag`, then push it.',
    ],
    ['not pushed', { images }, 'This step asks you to push it.'],
    [
      'pulled instead of pushed',
      { images, commands: [[`docker pull ${mine}`, 1]] },
      'This step asks for `docker push localhost:5000/mynginx:1.0`.',
    ],
    [
      'to Docker Hub',
      { images, commands: [['docker push nginx', 1, 'denied: requested access']] },
      'Docker turned to Docker Hub and was refused',
    ],
    [
      'a name of Docker Hub that is not here',
      { images, commands: [['docker push mynginx:1.0', 1, 'An image does not exist locally with the tag: mynginx']] },
      'so the name belongs to Docker Hub',
    ],
    ['the address alone', { images, commands: [[`docker push ${host}`, 1]] }, "is the registry's address alone"],
    ['a space after the slash', { images, commands: [[`docker push ${host}/ mynginx:1.0`, 1]] }, 'There is a space'],
    [
      'another tag, in a line that ends well',
      { images, commands: [[`docker push ${host}/mynginx:2.0; docker images`, 0, 'tag does not exist: x']] },
      'There is no `localhost:5000/mynginx:2.0` here',
    ],
    [
      'without the tag',
      { images, commands: [[`docker push ${host}/mynginx`, 1]] },
      'No tag typed means `latest`, and the name you have is',
    ],
    [
      'all of Docker Hub',
      { images, commands: [['docker push -a mynginx', 1, 'denied: requested access']] },
      '`mynginx` has no registry in front',
    ],
    [
      'with a tag and --all-tags',
      { images, commands: [[`docker push -a ${mine}`, 1, "tag can't be used with --all-tags/-a\n"]] },
      "your registry doesn't have it yet",
    ],
    [
      'with an option that there is not',
      { images, commands: [[`docker push --all ${host}/mynginx`, 125, 'unknown flag: --all\n']] },
      "your registry doesn't have it yet",
    ],
    [
      'another name, where the tag is taken',
      {
        images: { 'nginx:latest': 'a', [mine]: 'b', [`${host}/mynginx:1`]: 'a' },
        registries: { [host]: { 'mynginx:1.0': 'b' } },
        commands: [[`docker push ${host}/mynginx:1`, 0]],
        events: [{ kind: 'image', action: 'push', id: `${host}/mynginx:1` }],
      },
      'You pushed `localhost:5000/mynginx:1`; this step asks for `localhost:5000/mynginx:1.0`.',
    ],
    [
      'to another port',
      { images, commands: [['docker push localhost:500/mynginx:1.0', 1]] },
      'names a registry at `localhost:500`',
    ],
    [
      'before the tag',
      { images: { 'nginx:latest': 'a' }, commands: [[`docker push ${mine}`, 1]] },
      'First give that name to `nginx:latest` with `docker tag`.',
    ],
    [
      'another tag is there',
      { images: { 'nginx:latest': 'a' }, registries: { [host]: { 'mynginx:latest': 'a' } } },
      'has `mynginx` with `latest`, but not `1.0`',
    ],
    [
      'another repository',
      {
        images,
        registries: { [host]: { 'web:1.0': 'a' } },
        events: [{ action: 'push', id: `${host}/web:1.0` }],
        commands: [['true']],
      },
      'You pushed `localhost:5000/web:1.0`; this step asks for `localhost:5000/mynginx:1.0`.',
    ],
    [
      'a wrong local tag',
      { images: { 'nginx:latest': 'a', [`${host}/mynginx:2`]: 'a' } },
      'You tagged `localhost:5000/mynginx:2`',
    ],
  ])('%s', async (_, scene, says) => expect(await tagged(scene)).toContain(says));

  describe('an earlier mistake is not spoken of any more', () => {
    const wrong = `${host}/team:web`;
    const pushedWrong = { action: 'push', id: wrong };
    const tag = (name: string) => ({ action: 'tag', id: digest('a'), name });
    const said = (here: string[], events: Scene['events'], commands: NonNullable<Scene['commands']>) =>
      tagged({
        images: Object.fromEntries(['nginx:latest', wrong, ...here].map((name) => [name, 'a'])),
        registries: { [host]: { 'team:web': 'a' } },
        events,
        commands: [[`docker tag nginx ${wrong}`], [`docker push ${wrong}`], ...commands],
      });

    test('the last thing done', async () => {
      expect(await said([], [tag(wrong), pushedWrong], [])).toContain(`You pushed \`${wrong}\``);
    });
    test('the right name was given since', async () => {
      expect(await said([mine], [tag(wrong), pushedWrong, tag(mine)], [[`docker tag nginx ${mine}`]])).toBe(
        `\`${mine}\` is on this machine, but your registry doesn't have it yet. This step asks you to push it.`,
      );
    });
    test('something else was done, or failed, since', async () => {
      const said1 = await said([], [tag(wrong), pushedWrong], [['docker rmi x', 1, 'No such image: x']]);
      const said2 = await said([], [tag(wrong), pushedWrong], [['docker rmi x']]);
      for (const message of [said1, said2]) expect(message).not.toContain(wrong);
      expect(await said([], [tag(wrong), pushedWrong], [['docker images']])).toContain(wrong);
    });
    test('another image was pushed under another name, which the step may ask for too', async () => {
      const scene: Scene = {
        images: { 'nginx:latest': 'a', [mine]: 'a', [`${host}/mynginx:1.26`]: 'b' },
        registries: { [host]: { 'mynginx:1.26': 'b' } },
        commands: [[`docker push ${host}/mynginx:1.26`]],
        events: [{ action: 'push', id: `${host}/mynginx:1.26` }],
      };
      expect(await tagged(scene)).toBe(
        'Your registry has `mynginx` with `1.26`, but not `1.0`. This step asks you to push `localhost:5000/mynginx:1.0`.',
      );
    });
    test('another wrong name was given since', async () => {
      const other = `${host}/mynginx:2`;
      expect(await said([other], [tag(wrong), pushedWrong, tag(other)], [[`docker tag nginx ${other}`]])).toContain(
        `You tagged \`${other}\``,
      );
    });
  });

  test('a tag that was moved here, but not pushed', async () => {
    expect(await tagged({ registries: { [host]: { 'mynginx:1.0': 'b' } }, images })).toBe(
      'Here `localhost:5000/mynginx:1.0` stands for `nginx:latest`, but your registry still has another image under that tag. This step asks you to push it.',
    );
  });

  test('all tags of a repository were pushed, and this one was not among them', async () => {
    const registries = { [host]: { 'mynginx:2': 'a' } };
    const commands: Scene['commands'] = [[`docker push -a ${host}/mynginx`]];
    expect(await tagged({ registries, images: { 'nginx:latest': 'a' }, commands })).toBe(
      'Your registry has `mynginx` with `2`, but not `1.0`. Nor is `localhost:5000/mynginx:1.0` on this machine: first give that name with `docker tag`, then push it.',
    );
    const untagged = await tagged({
      registries,
      images: { 'nginx:latest': 'a' },
      commands: [[`docker push ${mine}`, 1]],
    });
    expect(untagged).toContain('There is no `localhost:5000/mynginx:1.0` on this machine to push.');
  });

  test('what was pushed before this step is no attempt at it', async () => {
    const scene: Scene = {
      images,
      registries: { [host]: { 'web:1.0': 'a' } },
      events: [{ action: 'push', id: `${host}/web:1.0`, atMs: 1 }],
    };
    expect(await tagged(scene)).toContain('This step asks you to push it.');
  });

  test('names from the sandbox stay between their backticks', async () => {
    const evil = 'evil`name\u001b[31m';
    const scene: Scene = {
      images: { 'nginx:latest': 'a', [evil]: 'b' },
      registries: { [host]: { 'mynginx:1.0': 'b' } },
    };
    expect(await tagged(scene)).toContain('is `evilname[31m`; this step');
    expect(digest('a')).toHaveLength(71);
  });
});
