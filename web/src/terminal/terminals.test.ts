import { expect, test, vi } from 'vitest';
import type { TerminalLink } from './terminal-link.ts';
import { Terminals } from './terminals.ts';

function make(open: number[] = [0]) {
  const dispose = vi.fn();
  const terminals = new Terminals(() => ({ dispose }) as unknown as TerminalLink);
  terminals.sync(open);
  return { terminals, dispose, front: () => terminals.front.value.number, shown: () => terminals.shown.value };
}

test('follows what the server says, and keeps what is there', () => {
  const { terminals, dispose } = make([0, 2]);
  const second = terminals.all.value[1];
  terminals.sync([0, 2, 1]);
  expect(terminals.all.value.map(({ number }) => number)).toEqual([0, 2, 1]);
  expect(terminals.all.value[1]).toBe(second);
  terminals.sync([]);
  expect(terminals.all.value.map(({ number }) => number)).toEqual([0]);
  expect(dispose).toHaveBeenCalledTimes(2);
});

test('one that ends gives its place to another', () => {
  const { terminals, front, shown } = make([0, 1, 2]);
  terminals.choose(1);
  expect([front(), shown()]).toEqual([1, [1]]);
  terminals.sync([0, 2]);
  expect([front(), shown()]).toEqual([2, [2]]);
});

test('two stand beside each other, and either may be in front', () => {
  const { terminals, front, shown } = make();
  expect(terminals.split(true)).toBe(false);
  terminals.sync([0, 1, 2]);
  expect(terminals.split(true)).toBe(true);
  expect([front(), shown()]).toEqual([0, [0, 2]]);
  terminals.choose(2);
  expect([front(), shown()]).toEqual([2, [0, 2]]);
  terminals.choose(1);
  expect([front(), shown()]).toEqual([1, [0, 1]]);
  terminals.sync([0, 2]);
  expect([front(), shown()]).toEqual([0, [0]]);
});

test('turning goes round', () => {
  const { terminals, front } = make([0, 1, 3]);
  terminals.turn(-1);
  expect(front()).toBe(3);
  terminals.turn(1);
  expect(front()).toBe(0);
});
