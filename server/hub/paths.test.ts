import { expect, test } from 'vitest';
import { parseHubPath } from './paths.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each(['/v2/', '/v2'])('%s is the root', (url) => {
  expect(parseHubPath(url)).toEqual({ kind: 'root' });
});

test.each([
  ['/v2/library/nginx/manifests/latest', 'manifest', 'library/nginx'],
  [`/v2/library/hello-world/manifests/${DIGEST}`, 'manifest', 'library/hello-world'],
  [`/v2/library/nginx/blobs/${DIGEST}`, 'blob', 'library/nginx'],
])('%s can be read', (url, kind, repository) => {
  expect(parseHubPath(url)).toEqual({ kind, repository });
});

test.each([
  ['/v2/learner/app/manifests/1.0', 'learner/app'],
  ['/v2/slipway/seeded/manifests/abc', 'slipway/seeded'],
  ['/v2/library/nginx/tags/list', 'library/nginx'],
  ['/v2/library/nginx/blobs/uploads/', 'library/nginx'],
  [`/v2/library/nginx/blobs/uploads/?mount=${DIGEST}&from=library%2Falpine`, 'library/nginx'],
  ['/v2/library/a/b/manifests/1', 'library/a/b'],
  ['/v2/library/nginx/manifests/latest?x=1', 'library/nginx'],
])('%s is not for reading', (url, repository) => {
  expect(parseHubPath(url)).toEqual({ kind: 'foreign', repository });
});

test.each([
  '/',
  '/v2/_catalog',
  '/debug/vars',
  '/v2/library/../_catalog/manifests/1',
  '/v2/library/%2e%2e/manifests/1',
  '/v2/library/Nginx/manifests/1',
  '//v2/library/nginx/manifests/1',
  'http://other/v2/library/nginx/manifests/1',
  '/v2/library/nginx',
  `/v2/library/nginx/manifests/${'a'.repeat(2000)}`,
])('%s is unknown', (url) => {
  expect(parseHubPath(url)).toEqual({ kind: 'unknown' });
});

test.each([
  '/v2/library/nginx/manifests/../../x',
  '/v2/library/nginx/blobs/sha256:short',
  '/v2/library/nginx/manifests/a b',
])('%s never reaches the store', (url) => {
  expect(['manifest', 'blob']).not.toContain(parseHubPath(url).kind);
});
