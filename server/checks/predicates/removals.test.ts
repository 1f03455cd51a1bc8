// Tests of images that must be gone, or be here by their digest, and of names typed with a slip.

import { describe, expect, test } from 'vitest';
import { digest, type Scene, verdict } from './test-world.ts';

const short = '000000000000';

describe('image.idAbsent', () => {
  const gone = (scene: Scene) =>
    verdict('image.idAbsent', { of: 'nginx' }, { remembered: { 'nginx:latest': 'a' }, ...scene });

  test('the image, not only its name', async () => {
    expect(await gone({})).toBe('pass');
    expect(await gone({ images: { 'nginx:latest': 'a' } })).toContain('still on this machine, as `nginx:latest`');
    expect(await gone({ images: { 'other:1': 'a' }, commands: [['docker rmi nginx']] })).toContain(
      `One name less, but the image \`${short}\` is still here: \`other:1\` keeps it.`,
    );
    expect(
      await gone({
        images: { 'other:1': 'a' },
        remembered: { 'nginx:latest': 'a', 'alpine:latest': 'b' },
        commands: [['docker rmi alpine']],
      }),
    ).toContain('`alpine` stood for another image; this step asks you to remove that of `nginx:latest`');
    expect(
      await gone({ images: { 'nginx:latest': 'a' }, commands: [['docker rmi nginx:1', 1, 'No such image: nginx:1']] }),
    ).toContain('There is no image `nginx:1` here');
    expect(await gone({ dangling: ['a'] })).toBe(
      `You only removed the name: the image stays as \`<none>\`, with the ID \`${short}\`. Remove it by its ID: \`docker rmi ${short}\`.`,
    );
    expect(await gone({ dangling: ['a'], containers: [{ name: 'app', imageId: digest('a') }] })).toContain(
      '`docker rm -f app`',
    );
    expect(await gone({ remembered: {} })).toContain("hasn't been on this machine");
  });
});

describe('image.repoDigest', () => {
  const repo = `alpine@${digest('1a')}`;
  const scene: Scene = { dangling: ['a'], digests: { a: [repo] }, remembered: { 'alpine:3.19': 'a' } };
  const said = (more: Scene, pulled?: boolean) =>
    verdict('image.repoDigest', { repository: 'alpine', of: 'alpine:3.19', pulled }, { ...scene, ...more });

  test('here with a digest of the repository, pulled by it', async () => {
    expect(await said({})).toBe('pass');
    expect(await said({}, true)).toMatch(/^This step asks you to pull `alpine@sha256:…`/);
    expect(await said({ events: [{ action: 'pull', id: 'alpine:3.19' }] }, true)).not.toBe('pass');
    expect(await said({ events: [{ action: 'pull', id: repo }] }, true)).toBe('pass');
    expect(await said({ digests: { a: [`localhost:5000/x@${digest('1a')}`] } })).not.toBe('pass');
  });

  test.each([
    [`alpine@${digest('a')}`, 'That is the image ID'],
    [digest('a'), 'That is the image ID'],
    [`alpine@sha256:${'1'.repeat(12)}`, 'and yours has 12'],
    [`alpine@${'1'.repeat(64)}`, 'A digest begins with `sha256:`'],
    [`alpine@SHA256:${'A'.repeat(64)}`, 'A digest is written in lower case'],
    [`alpine sha256:${'1'.repeat(64)}`, 'There is a space before the digest.'],
    [`alpine @sha256:${'1'.repeat(64)}`, 'There is a space before the digest.'],
    ['alpine', 'a name without a digest'],
    ['alpine:3.19', 'a tag can move'],
    [`busybox@${digest('1a')}`, 'You asked for `busybox`; this step asks for `alpine`.'],
    ['1'.repeat(64), 'needs its repository in front'],
    [`alpine:${'1'.repeat(64)}`, 'Before a digest stands an `@`'],
    ['alpine@$digest', 'This step asks you to pull'],
  ])('docker pull %s', async (word, says) =>
    expect(await said({ digests: {}, commands: [[`docker pull ${word}`, 1]] }, true)).toContain(says),
  );

  test('a digest that is right, in a command that pulls nothing, and a run of something else', async () => {
    const ran = (line: string) => said({ commands: [[line]] }, true);
    expect(await ran(`docker run ${repo}`)).toContain('That digest is right, but `docker run` pulls nothing');
    expect(await ran(`docker pull ${repo}`)).toMatch(/^This step asks/);
    expect(await ran(`docker pull alpine@${digest('9')}`)).toContain('belongs to another image');
    expect(await ran(`docker pull busybox@${digest('9')}`)).toContain('You pulled from `busybox`');
    expect(await ran('docker run -d -p 5000:5000 --name registry registry:2')).toMatch(/^This step asks/);
  });

  test('a registry of the learner tells what became of a digest', async () => {
    const pull = (registries: Scene['registries'], old?: string) =>
      verdict(
        'image.repoDigest',
        { repository: 'localhost:5000/mynginx', of: 'alpine:3.19', pulled: true },
        { ...scene, registries, old, commands: [[`docker pull localhost:5000/mynginx@${digest('7')}`, 1]] },
      );
    expect(await pull({ 'localhost:5000': {} })).toContain('so there is nothing to pull. Push it again.');
    const filled = { 'localhost:5000': { 'mynginx:1.0': 'a' } };
    expect(await pull(filled, '7')).toContain('the digest of the old format, schema 1');
    expect(await pull(filled, '8')).toMatch(/^This step asks/);
    expect(await pull({})).toMatch(/^This step asks/);
    const commands: Scene['commands'] = [[`docker pull mynginx@${digest('7')}`, 1, 'denied']];
    const asked = { repository: 'localhost:5000/mynginx', of: 'alpine:3.19', pulled: true };
    expect(await verdict('image.repoDigest', asked, { ...scene, commands })).toBe(
      '`mynginx` has no registry in front, so Docker asked Docker Hub; this step asks for `localhost:5000/mynginx`.',
    );
  });

  test('what the shell put in is told by the answer', async () => {
    const answer = `manifest for alpine@${digest('a')} not found: manifest unknown`;
    const commands: Scene['commands'] = [['docker pull alpine@$id', 1, answer]];
    expect(await said({ digests: {}, commands }, true)).toContain('That is the image ID');
  });
});

test('images.noDangling', async () => {
  const said = (scene: Scene) => verdict('images.noDangling', {}, scene);
  expect(await said({ images: { 'nginx:latest': 'a' } })).toBe('pass');
  expect(await said({ dangling: ['a'] })).toContain('An image without a name stands as `<none>`');
  expect(await said({ dangling: ['a', 'b'] })).toContain('2 images without a name stand');
  expect(await said({ dangling: ['a'], commands: [['docker image prune', 0, '[y/N] N']] })).toContain(
    'Nothing was pruned',
  );
  expect(await said({ dangling: ['a'], containers: [{ name: 'app', imageId: digest('a') }] })).toContain(
    "held by the container `app`, so it can't be pruned",
  );
});

test('container.absent', async () => {
  const said = (scene: Scene) => verdict('container.absent', { name: 'app' }, scene);
  const images = { 'alpine:3.19': 'e' };
  expect(await said({})).toBe('pass');
  expect(await said({ images, containers: [{ name: 'app' }] })).toBe(
    'The container `app` runs; this step asks you to stop it and remove it.',
  );
  expect(
    await said({ images, containers: [{ name: 'app', state: 'exited' }], commands: [['docker stop app']] }),
  ).toContain('still there, and keeps its image');
  const forced: Scene['commands'] = [['docker stop app && docker rmi -f alpine:3.19']];
  expect(await said({ containers: [{ name: 'app', state: 'exited' }], commands: forced })).toBe(
    '`app` is still there, stopped, though its image is gone. Remove it with `docker rm app`.',
  );
  expect(await said({ images, containers: [{ name: 'app' }], commands: [['docker rm app', 1]] })).toContain(
    'First `docker stop app`, then `docker rm app`',
  );
  expect(
    await said({ dangling: ['e'], containers: [{ name: 'app' }], commands: [['docker rmi -f alpine:3.19']] }),
  ).toContain('You only removed the name: the image stays as `<none>`, and the container `app` goes on.');
});

describe('a slip in a name', () => {
  test.each([
    ['nginx:latest', 'docker pull nginx: latest', 'a space in the name'],
    ['alpine:3.19', 'docker pull alpine 3.19', 'a space in the name'],
    ['alpine:3.19', 'docker pull alpine:v3.19', 'The tag has no `v` in front'],
    ['localhost:5000/myalpine:v1', 'docker pull localhost:5000/myalpine:1', 'The tag has a `v` in front'],
    ['alpine:3.19', 'docker pull alpine-3.19', 'A hyphen makes another repository'],
    ['nginx:latest', 'docker pull Nginx', 'written in lower case'],
    ['nginx:latest', 'docker pull https://hub.docker.com/nginx', 'the address of a web page'],
    ['nginx:latest', 'docker pull hub.docker.com/library/nginx', 'the registry behind it is `docker.io`'],
    ['nginx:latest', 'docker pull nginx:', 'the tag is missing'],
    ['myrepo/alpine:v1', 'docker pull MyRepo/alpine:v1', "written in lower case, and `MyRepo/alpine:v1` isn't"],
    ['hello-world:latest', 'docker run hello_world', 'The name has a hyphen'],
    ['nginx:latest', 'docker pull nginx:latest:1.0', 'one colon too many'],
    ['nginx:latest', 'docker pull', 'you typed none'],
    ['nginx:latest', 'docker pull nginx alpine', 'you typed 2'],
    ['nginx:latest', 'docker pull $(cat names)', "isn't on this machine yet"],
    ['nginx:latest', 'docker run ngnix sh -c true', 'you probably mean `nginx`'],
  ])('asked for %s: %s', async (image, line, says) => {
    const registries = { 'localhost:5000': {} };
    expect(await verdict('image.present', { image }, { registries, commands: [[line, 1]] })).toContain(says);
  });
});
