import { expect, test } from 'vitest';
import { readMark } from './shell-marks.ts';

test('a mark with the nonce is read', () => {
  expect(readMark('B;n1', 'n1')).toEqual({ kind: 'prompt' });
  expect(readMark('E;docker ps\\x3b echo \\x5cn\\x0aü;n1', 'n1')).toEqual({
    kind: 'line',
    line: 'docker ps; echo \\n\nü',
  });
  expect(readMark('P;Cwd=/root/a\\x3bü ;n1', 'n1')).toEqual({ kind: 'folder', folder: '/root/a;ü ' });
  expect(readMark('C;1700000000.250000;n1', 'n1')).toEqual({ kind: 'start', at: 1700000000.25 });
  expect(readMark('D;130;1700000001.5;n1', 'n1')).toEqual({ kind: 'end', exitCode: 130, at: 1700000001.5 });
  expect(readMark('S;n1', 'n1')).toEqual({ kind: 'shell' });
});

test('what a shell cannot know stays unknown', () => {
  expect(readMark('C;;n1', 'n1')).toEqual({ kind: 'start', at: null });
  expect(readMark('D;;;n1', 'n1')).toEqual({ kind: 'end', exitCode: null, at: null });
});

test('a mark of somebody else is none', () => {
  for (const data of ['B', 'B;', 'B;n2', 'E;rm -rf;n1 ', 'n1', '']) expect(readMark(data, 'n1')).toBeNull();
  expect(readMark('B;n1', null)).toBeNull();
  expect(readMark('X;n1', 'n1')).toBeNull();
});
