import { expect, test } from 'vitest';
import { familiar, nameParts, shortDigest } from './names.ts';

test('digests are cut as in listings, and nothing else is', () => {
  expect(shortDigest(`sha256:${'ab'.repeat(32)}`)).toBe('abababababab');
  expect(shortDigest('<none>')).toBe('<none>');
});

test('the registry is told from the rest of a name', () => {
  expect(nameParts('localhost:5000/a/b:1')).toEqual({ host: 'localhost:5000/', rest: 'a/b:1' });
  expect(nameParts('learner/app:1')).toEqual({ host: '', rest: 'learner/app:1' });
  expect(nameParts('nginx:1')).toEqual({ host: '', rest: 'nginx:1' });
});

test('names are familiar', () => {
  expect(familiar('docker.io', 'library/nginx')).toBe('nginx');
  expect(familiar('localhost:5000', 'library/nginx')).toBe('localhost:5000/library/nginx');
});
