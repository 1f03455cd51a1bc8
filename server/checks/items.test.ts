// Which of several checks speaks.

import { expect, test } from 'vitest';
import { checkItemSchema, evaluateAll } from './items.ts';
import { type Scene, worldOf } from './predicates/test-world.ts';

const items = checkItemSchema
  .array()
  .parse([{ 'image.absent': { images: ['nginx'] } }, { 'image.present': { image: 'alpine' } }]);
const said = async (scene: Scene) => {
  const outcome = await evaluateAll(items, worldOf(scene));
  return outcome.state === 'pass' ? 'pass' : outcome.message;
};

test('the first that is not so', async () => {
  expect(await said({ images: { 'alpine:latest': 'b' } })).toBe('pass');
  expect(await said({ images: { 'nginx:latest': 'a' } })).toContain('`nginx:latest` is still on this machine');
  expect(await said({})).toContain("`alpine:latest` isn't on this machine yet");
});

test('a later one, where it speaks of the last command itself', async () => {
  const images = { 'nginx:latest': 'a' };
  expect(await said({ images, commands: [['docker pull alpine:', 1]] })).toContain('the tag is missing');
  expect(await said({ images, commands: [['docker pull alpine']] })).toContain('`nginx:latest` is still');
  // It went well, and may be a step on the way.
  expect(await said({ images, commands: [['docker pull busybox']] })).toContain('`nginx:latest` is still');
});
