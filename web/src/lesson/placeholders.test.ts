import { expect, test } from 'vitest';
import { aroundPlaceholders, fill } from './placeholders.ts';

test('fills the learner’s own values in', () => {
  const command = 'docker rmi <image_id> && docker pull <registry>/a < in > out';
  expect(fill(command, ['image_id', 'registry'], { image_id: '1b9c', registry: 'localhost:5000' })).toEqual({
    command: 'docker rmi 1b9c && docker pull localhost:5000/a < in > out',
  });
});

test('a value is text, whatever is in it', () => {
  expect(fill('echo <a> <b>', ['a', 'b'], { a: '$&<b>', b: 'x' })).toEqual({ command: 'echo $&<b> x' });
});

test('names what has no value yet', () => {
  expect(fill('docker rmi <image_id> <tag>', ['image_id', 'tag'], { tag: '1' })).toEqual({ missing: ['image_id'] });
  expect(fill('docker rmi <image_id>', ['image_id'], { image_id: '' })).toEqual({ missing: ['image_id'] });
});

test('sets placeholders apart, and nothing else in angle brackets', () => {
  expect(aroundPlaceholders('rmi <image_id> <x>', ['image_id'])).toEqual(['rmi ', '<image_id>', ' <x>']);
  expect(aroundPlaceholders('rmi <x>', [])).toEqual(['rmi <x>']);
});
