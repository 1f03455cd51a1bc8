// How paths are told apart that a learner may type for one in the home folder.

import { expect, test } from 'vitest';
import { homePlace } from './home-path.ts';

const place = (typed: string) => homePlace(typed, '~/.docker/config.json');

test.each([
  '~/.docker/config.json',
  '$HOME/.docker/config.json',
  '/root/.docker//config.json',
  '.docker/config.json',
  './config.json',
  'config.json',
  '~/.docker/*',
])('%s is the file', (typed) => expect(place(typed)).toEqual({ at: '~/.docker/config.json', rest: '' }));

test.each([
  ['.docker', '~/.docker', 'config.json'],
  ['~/.docker/', '~/.docker', 'config.json'],
  ['/root', '~', '.docker/config.json'],
])('%s is a folder that it lies in', (typed, at, rest) => expect(place(typed)).toEqual({ at, rest }));

test.each(['', '.', '/', '/etc', '/.docker', '~/config.json', 'docker', '~/.docker/config.json/x', '../.docker', '-l'])(
  '%j is neither',
  (typed) => expect(place(typed)).toBeNull(),
);
