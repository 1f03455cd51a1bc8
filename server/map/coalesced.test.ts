import { expect, it } from 'vitest';
import { Coalesced } from './coalesced.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

function reading() {
  const ends: (() => void)[] = [];
  const part = new Coalesced({
    read: () => new Promise<void>((resolve) => ends.push(resolve)),
    gatherMs: 0,
  });
  const begun = async (count: number) => {
    for (let tries = 0; tries < 200 && ends.length < count; tries++) await turn();
    return ends.length;
  };
  return { part, ends, begun };
}

it('reads once for what happens together, and nothing by itself', async () => {
  const { part, ends, begun } = reading();
  await turn();
  expect(ends).toHaveLength(0);
  part.touch();
  part.touch();
  expect(await begun(1)).toBe(1);
  ends[0]?.();
  await turn();
  await turn();
  expect(ends).toHaveLength(1);
});

it('reads once more for all that happens meanwhile, never two at a time', async () => {
  const { part, ends, begun } = reading();
  part.touch();
  await begun(1);
  for (let count = 0; count < 20; count++) part.touch();
  await turn();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  expect(await begun(2)).toBe(2);
  ends[1]?.();
  await turn();
  await turn();
  expect(ends).toHaveLength(2);
});

it('reads nothing after its end', async () => {
  const { part, ends } = reading();
  part.touch();
  part.stop();
  part.touch();
  await turn();
  await turn();
  expect(ends).toHaveLength(0);
});
