import { expect, it } from 'vitest';
import { type TerminalPage, TerminalPages } from './terminal-pages.ts';

class Page implements TerminalPage {
  said: unknown[] = [];

  setLeading(leads: boolean): void {
    this.said.push(leads ? 'leads' : 'follows');
  }
  type(): boolean {
    return true;
  }
  redraw(): void {
    this.said.push('redraws');
  }
  end(): void {
    this.said.push('ends');
  }
  /** What it was told since it was asked last. */
  told(): unknown[] {
    return this.said.splice(0);
  }
}

it('is led by the page that came or typed last, and by the one before it where that one leaves', () => {
  const pages = new TerminalPages();
  const [first, second, third] = [new Page(), new Page(), new Page()];
  pages.join(first, true);
  pages.join(second, true);
  pages.join(third, true);
  expect([first, second, third].map((page) => page.told())).toEqual([
    ['leads', 'follows'],
    ['leads', 'follows'],
    ['leads'],
  ]);
  pages.lead(first);
  pages.lead(first);
  expect([first, second, third].map((page) => page.told())).toEqual([['leads'], [], ['follows']]);
  pages.leave(first);
  pages.leave(first);
  expect([first, second, third].map((page) => page.told())).toEqual([[], [], ['leads']]);
  expect(pages.leader).toBe(third);
  pages.leave(second);
  expect(third.told()).toEqual([]);
  pages.leave(third);
  expect(pages.leader).toBeNull();
});

it('is not led by a page that comes back and followed before, unless nobody else is there', () => {
  const pages = new TerminalPages();
  const [leader, back] = [new Page(), new Page()];
  pages.join(leader, true);
  pages.join(back, false);
  expect([leader.told(), back.told()]).toEqual([['leads'], ['follows']]);
  pages.leave(back);
  pages.leave(leader);
  pages.join(back, false);
  expect(back.told()).toEqual(['leads']);
  // Who has left does not lead.
  pages.lead(leader);
  expect([leader.told(), pages.leader]).toEqual([[], back]);
});

it('ends for all of its pages, and none of them leads then', () => {
  const pages = new TerminalPages();
  const [leader, other] = [new Page(), new Page()];
  pages.join(other, true);
  pages.join(leader, true);
  for (const page of [leader, other]) page.told();
  pages.ended();
  for (const page of [leader, other]) pages.leave(page);
  expect([leader.told(), other.told(), pages.leader]).toEqual([['ends'], ['ends'], null]);
});

it('has the leader draw anew for those that missed something, once in a while', () => {
  const pages = new TerminalPages();
  const [leader, other] = [new Page(), new Page()];
  pages.join(other, true);
  pages.join(leader, true);
  leader.told();
  for (const ms of [0, 100, 4_999]) pages.redraw(ms);
  expect(leader.told()).toEqual(['redraws']);
  pages.redraw(5_000);
  expect(leader.told()).toEqual(['redraws']);
});
