import { Terminal } from '@xterm/xterm';
import { expect, test, vi } from 'vitest';
import { followBell } from './bell.ts';

test('a program that rings without end flashes twice a second', async () => {
  const terminal = new Terminal();
  const rung = followBell(terminal);
  const clock = vi.spyOn(performance, 'now');
  const ring = (at: number) => {
    clock.mockReturnValue(at);
    return new Promise<void>((resolve) => terminal.write('\x07', resolve));
  };
  for (const at of [100, 150, 400, 599, 600, 700]) await ring(at);
  clock.mockRestore();
  expect(rung.value).toBe(2);
});
