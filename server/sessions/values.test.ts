// A solution is filled with what a learner's own world says at the moment of each command.

import { expect, it } from 'vitest';
import { type Scene, worldOf } from '../checks/predicates/test-world.ts';
import { filledSolution } from './values.ts';

const images: Record<string, string> = { 'alpine:latest': 'a' };
const world = () => worldOf({ images } satisfies Scene);

it('fills each command when it is asked for, with its answers, and takes a value as it is', async () => {
  const step = {
    solution: ['docker pull nginx', 'docker tag <id> <name>:1', '< <name>', 'docker tag <id> <id>'],
    fills: { id: { kind: 'image-id', arg: 'alpine:latest' }, name: { kind: 'text', arg: "$& or $'" } } as const,
  };
  const solution = filledSolution(step, world());
  expect((await solution.next()).value).toEqual(['docker pull nginx']);
  expect((await solution.next()).value).toEqual(["docker tag 000000000000 $& or $':1", "< $& or $'"]);
  expect((await solution.next()).value).toEqual(['docker tag 000000000000 000000000000']);
  expect((await solution.next()).done).toBe(true);
});

it('waits with a placeholder until what it stands for is made, and says which has no value', async () => {
  const fills = { id: { kind: 'image-id', arg: 'mine:1' } } as const;
  const later = world();
  let made = false;
  later.engine.image = async () => (made ? await world().engine.image('alpine:latest') : null);
  const solution = filledSolution({ solution: ['docker tag alpine mine:1', 'docker rmi <id>'], fills }, later);
  await solution.next();
  made = true;
  expect((await solution.next()).value).toEqual(['docker rmi 000000000000']);
  const never = filledSolution({ solution: ['docker rmi <id>'], fills }, world());
  await expect(never.next()).rejects.toThrow('no value for <id> of: docker rmi <id>');
});
