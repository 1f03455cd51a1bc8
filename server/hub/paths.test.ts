import { expect, test } from 'vitest';
import { isRepositoryName, parseHubPath } from './paths.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['/', 'home'],
  ['/v2/', 'root'],
  ['/v2', 'root'],
  ['/token?service=x&scope=repository:learner/app:pull', 'token'],
  ['/v1/search?q=nginx', 'search'],
])('%s is %s', (url, kind) => {
  expect(parseHubPath(url).kind).toBe(kind);
});

test.each([
  ['/v2/library/nginx/manifests/latest', 'manifest', 'library/nginx'],
  [`/v2/library/hello-world/manifests/${DIGEST}`, 'manifest', 'library/hello-world'],
  [`/v2/library/nginx/blobs/${DIGEST}`, 'blob', 'library/nginx'],
  ['/v2/library/nginx/tags/list', 'tags', 'library/nginx'],
  ['/v2/learner/a/b/blobs/uploads/', 'upload', 'learner/a/b'],
  ['/v2/learner/app/blobs/uploads/0af0-1', 'upload', 'learner/app'],
  ['/v2/manifests/manifests/manifests', 'manifest', 'manifests'],
])('%s is a %s', (url, kind, repository) => {
  expect(parseHubPath(url)).toMatchObject({ kind, repository, target: url });
});

test('a query reaches the registry without a character that a path cannot hold', () => {
  const url = `/v2/learner/app/blobs/uploads/?mount=${DIGEST}&from=library/nginx&x=a b\u0001"`;
  expect(parseHubPath(url)).toMatchObject({
    kind: 'upload',
    target: `/v2/learner/app/blobs/uploads/?mount=sha256%3A${'a'.repeat(64)}&from=library%2Fnginx&x=a+b%01%22`,
  });
});

test.each([
  '',
  '/v2/_catalog',
  '/debug/vars',
  '/v2/library/../_catalog/manifests/1',
  '/v2/library/%2e%2e/manifests/1',
  '/v2/library/Nginx/manifests/1',
  '//v2/library/nginx/manifests/1',
  'http://other/v2/library/nginx/manifests/1',
  '/v2/library/nginx',
  `/v2/library/nginx/manifests/${'a'.repeat(2000)}`,
  '/v2/library/nginx/manifests/../../x',
  '/v2/library/nginx/blobs/sha256:short',
  '/v2/library/nginx/manifests/a b',
  '/v2/library/nginx/manifests/a\n',
  '/v2/library/nginx/blobs/uploads/../../x',
  `/v2/${'a/'.repeat(130)}a/manifests/1`,
  `/v2/library/nginx/tags/list?n=${'9'.repeat(5000)}`,
])('%j is unknown', (url) => {
  expect(parseHubPath(url)).toEqual({ kind: 'unknown' });
});

test('a name of a repository that takes long to look at is looked at quickly', () => {
  const startMs = performance.now();
  expect(isRepositoryName(`${'a-'.repeat(120)}!`)).toBe(false);
  expect(parseHubPath(`/v2/${'a__a.a/'.repeat(500)}!/manifests/1`)).toEqual({ kind: 'unknown' });
  expect(parseHubPath(`/v2/${'manifests/'.repeat(400)}`)).toEqual({ kind: 'unknown' });
  expect(performance.now() - startMs).toBeLessThan(200);
});
