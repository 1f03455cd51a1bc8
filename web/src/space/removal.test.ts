// Which command the notice offers for what takes most space.

import { expect, it } from 'vitest';
import type { LargeThing } from '../../../protocol/session.ts';
import { removalOf } from './removal.ts';

it.each<[LargeThing['kind'], string, string | null]>([
  ['image', 'localhost:5000/app:1.0', 'docker image rm localhost:5000/app:1.0'],
  ['untagged', '', 'docker image prune'],
  ['build-cache', '', 'docker builder prune'],
  ['container', 'web', 'docker rm -f web'],
  ['volume', 'registry-data', 'docker volume rm registry-data'],
  ['file', '~/big-file', 'rm ~/big-file'],
  ['folder', '~', null],
  ['file', '~/a; rm -r ~', null],
  ['file', '~/$(reboot)', null],
  ['volume', '-f', null],
  ['image', '', null],
])('%s %j: %s', (kind, name, removal) => {
  expect(removalOf({ kind, name, size: 1 })).toBe(removal);
});
