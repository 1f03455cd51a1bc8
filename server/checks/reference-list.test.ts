// Tests that each predicate and each parameter is documented.

import { expect, test } from 'vitest';
import { checkReference } from './reference-list.ts';

test('the reference lists every predicate with its parameters', () => {
  const list = checkReference();
  expect(list.map(({ type }) => type)).toEqual(
    (
      'all any command config.shown container.absent container.restarted container.running digest.shown event file image.absent ' +
      'image.idAbsent image.present image.pulled image.repoDigest image.sameAs images.noDangling login.in login.out not ' +
      'order registry.auth registry.blob registry.repository registry.tag registry.tagAbsent registry.tagsSame ' +
      'registry.up request'
    ).split(' '),
  );
  for (const { summary, params } of list) {
    expect(summary).toMatch(/^\S.{10,}[^.]$/);
    for (const { describe } of params) expect(describe.length).toBeGreaterThan(8);
  }
  expect(
    list.find(({ type }) => type === 'event')?.params.map(({ name, optional }) => `${name}${optional ? '?' : ''}`),
  ).toEqual(['action', 'image?', 'container?', 'exitCode?']);
});
