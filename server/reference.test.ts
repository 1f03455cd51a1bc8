// Tests of parsing, writing and comparing image references.

import { describe, expect, test } from 'vitest';
import { parseReference, reference, sameReference } from './reference.ts';

const hex = 'a'.repeat(64);

describe('parseReference', () => {
  test.each([
    ['nginx', 'docker.io', 'library/nginx', 'latest', 'nginx:latest'],
    ['nginx:1.26', 'docker.io', 'library/nginx', '1.26', 'nginx:1.26'],
    ['docker.io/library/alpine:latest', 'docker.io', 'library/alpine', 'latest', 'alpine:latest'],
    ['docker.io/alpine', 'docker.io', 'library/alpine', 'latest', 'alpine:latest'],
    ['index.docker.io/library/alpine', 'docker.io', 'library/alpine', 'latest', 'alpine:latest'],
    ['team/web', 'docker.io', 'team/web', 'latest', 'team/web:latest'],
    ['localhost/web', 'localhost', 'web', 'latest', 'localhost/web:latest'],
    ['localhost:5000/mynginx:1.0', 'localhost:5000', 'mynginx', '1.0', 'localhost:5000/mynginx:1.0'],
    [
      'localhost:5000/library/nginx',
      'localhost:5000',
      'library/nginx',
      'latest',
      'localhost:5000/library/nginx:latest',
    ],
    ['MyRepo/alpine:v1', 'MyRepo', 'alpine', 'v1', 'MyRepo/alpine:v1'],
    ['ghcr.io/acme/api:2.3', 'ghcr.io', 'acme/api', '2.3', 'ghcr.io/acme/api:2.3'],
    ['[::1]:5000/a', '[::1]:5000', 'a', 'latest', '[::1]:5000/a:latest'],
  ])('%s', (text, registry, repository, tag, familiar) => {
    expect(parseReference(text).reference).toMatchObject({ registry, repository, tag, digest: null });
    expect(reference(text).familiar).toBe(familiar);
  });

  test('a digest alone has no tag, and both can stand together', () => {
    expect(reference(`alpine@sha256:${hex}`)).toMatchObject({ tag: null, digest: `sha256:${hex}` });
    expect(reference(`alpine:3.19@sha256:${hex}`).familiar).toBe(`alpine:3.19@sha256:${hex}`);
  });

  test.each([
    ['', 'empty'],
    ['a'.repeat(700), 'too-long'],
    ['nginx: latest', 'space'],
    ['https://hub.docker.com/nginx', 'url'],
    ['Nginx', 'uppercase'],
    ['localhost:5000/MyNginx:1.0', 'uppercase'],
    ['nginx:', 'empty-tag'],
    ['nginx:a:b', 'bad-tag'],
    ['nginx:-x', 'bad-tag'],
    ['alpine@sha256:abc', 'bad-digest'],
    [`alpine@${hex}`, 'bad-digest'],
    ['local host', 'space'],
    ['-a.b/x', 'bad-registry'],
    ['a//b', 'bad-repository'],
    ['alpine_', 'bad-repository'],
    [hex, 'image-id'],
    [`sha256:${hex}`, 'image-id'],
  ])('%s is refused', (text, problem) => {
    expect(parseReference(text)).toEqual({ problem });
  });

  test('hostile text is refused at once', () => {
    const start = performance.now();
    for (const text of ['a.'.repeat(299), 'a-'.repeat(299), `${'a-'.repeat(250)}/x`, `${'a__'.repeat(190)}!`]) {
      expect(parseReference(text).reference).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(100);
  });
});

test('names are equal in every spelling', () => {
  expect(sameReference('alpine', 'docker.io/library/alpine:latest')).toBe(true);
  expect(sameReference('alpine', 'alpine:3.19')).toBe(false);
  expect(sameReference('alpine', 'localhost:5000/alpine')).toBe(false);
  expect(sameReference('Alpine', 'Alpine')).toBe(false);
});

test('a text that must be a reference throws where it is none', () => {
  expect(() => reference('Nginx')).toThrow('uppercase');
});
