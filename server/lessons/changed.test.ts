// Tests that a changed, a new and an untouched lesson are told apart, in a repository of the test's own.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changedSince } from './changed.ts';
import type { Lesson } from './load.ts';

let repository: string;
const lessons = () =>
  ['01-one', '02-two', '03-three'].map((folder) => ({ folder, dir: join(repository, 'lessons') }) as Lesson);
const git = (...args: string[]) =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args]);
const write = (folder: string, text: string) => {
  mkdirSync(join(repository, 'lessons', folder), { recursive: true });
  writeFileSync(join(repository, 'lessons', folder, 'lesson.md'), text);
};

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'slipway-'));
  git('init', '-q');
  write('01-one', 'a');
  write('02-two', 'a');
  git('add', '.');
  git('commit', '-qm', 'first');
});
afterEach(() => rmSync(repository, { recursive: true }));

test('a changed and a new lesson are found, an untouched one is not', () => {
  expect(changedSince('HEAD', lessons())).toEqual([]);
  write('02-two', 'b');
  write('03-three', 'a');
  expect(changedSince('HEAD', lessons()).map(({ folder }) => folder)).toEqual(['02-two', '03-three']);
});

test('what is committed since counts, too', () => {
  write('01-one', 'b');
  git('commit', '-qam', 'second');
  expect(changedSince('HEAD~1', lessons()).map(({ folder }) => folder)).toEqual(['01-one']);
});

test('an unknown commit is told, with what to do', () => {
  expect(() => changedSince('nosuch', lessons())).toThrow(
    expect.objectContaining({ code: 'git', next: expect.stringContaining('Name the lessons') }),
  );
});
