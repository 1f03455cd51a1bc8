import { expect, it } from 'vitest';
import { BroadcastState } from './broadcast-state.ts';

const broadcast = (id: string) => ({ id, by: 'Sam', watching: null });
const seen = (state: BroadcastState) => [state.now.value?.id, state.opened.value?.id, state.answered.value];

it('is open when somebody opens it, and stays so after its end until it is put away', () => {
  const state = new BroadcastState();
  state.open();
  expect(seen(state)).toEqual([undefined, undefined, true]);
  state.take(broadcast('a'));
  expect(seen(state)).toEqual(['a', undefined, false]);
  state.open();
  state.take(null);
  expect(seen(state)).toEqual([undefined, 'a', true]);
  state.putAway();
  expect(seen(state)).toEqual([undefined, undefined, true]);
});

it('goes on with the next one where it is open, and tells of it where it is not', () => {
  const state = new BroadcastState();
  state.take(broadcast('a'));
  state.open();
  state.take(null);
  state.take(broadcast('b'));
  expect(seen(state)).toEqual(['b', 'b', true]);
  state.putAway();
  state.take({ ...broadcast('b'), by: 'Sam Two' });
  expect(seen(state)).toEqual(['b', undefined, true]);
  state.take(null);
  state.take(broadcast('c'));
  expect(seen(state)).toEqual(['c', undefined, false]);
});
