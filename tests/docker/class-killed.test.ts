// The server is killed in the middle of a class: all of it is back, with nothing lost, and the wall is right.

import { expect, it } from 'vitest';
import { Classroom } from '../support/classroom.ts';
import { commandStep, front, TestCourse } from '../support/course.ts';
import { until } from '../support/learner.ts';
import { Page } from '../support/page.ts';
import { WallPage } from '../support/wall-page.ts';

/** In the soak a class of 20. */
const LEARNERS = process.env.SLIPWAY_SOAK ? 20 : 3;
/** From the moment in which the server answers again. */
const BACK_WITHIN_MS = 10_000;

it('is back in 10 s, each at their shell and step, and the wall is right', async () => {
  using course = new TestCourse({
    '01-two-steps': `${front('Two steps')}Do.\n\n${commandStep('Look around', 'echo one')}${commandStep('Look again', 'echo two')}`,
  });
  await using room = await Classroom.open(['two-steps'], ['--max-sandboxes', String(LEARNERS + 2), ...course.args], 2);
  await using stack = new AsyncDisposableStack();
  const before = stack.use(await WallPage.open(room.teacher, room.class.id));
  const pages: Page[] = [];
  for (let n = 1; n <= LEARNERS; n++) {
    const { learner } = await room.joined(`Learner ${n}`);
    await learner.open('two-steps');
    const page = stack.use(await Page.open(room.server.url, learner.cookie));
    await page.ready();
    pages.push(page);
  }
  // Some have passed a step, the others have failed it; each shell knows something of its own.
  const hasPassed = (n: number) => n % 2 === 0;
  for (const [n, page] of pages.entries())
    page.type(`own=$((${n} + 100)); ${hasPassed(n) ? 'true' : 'false'}\recho ${hasPassed(n) ? 'one' : 'uno'}\r`);
  const at = (wall: WallPage, n: number) => wall.named(`Learner ${n + 1}`);
  const isRight = (wall: WallPage, n: number) =>
    hasPassed(n)
      ? at(wall, n)?.step === 'look-again'
      : at(wall, n)?.step === 'look-around' && (at(wall, n)?.tries ?? 0) > 0;
  await until(() => pages.every((_, n) => isRight(before, n)), 'all of the wall');
  const known = pages.map((_, n) => at(before, n));

  await room.server.end('SIGKILL');
  await until(() => pages.every(({ state }) => state.state === 'lost'), 'the pages to know');
  await room.server.start();
  const upAtMs = Date.now();
  await until(() => pages.every(({ state }) => state.state === 'ready'), 'all pages');
  expect(Date.now() - upAtMs).toBeLessThan(BACK_WITHIN_MS);

  using after = await WallPage.open(room.teacher, room.class.id);
  // When they did something last is known again once they do something.
  const activeMs = null;
  for (const n of pages.keys()) expect({ ...at(after, n), activeMs }).toEqual({ ...known[n], activeMs });
  for (const [n, page] of pages.entries()) {
    expect([page.missed, page.cleared]).toEqual([0, 0]);
    page.type('echo "mine is $own"\r');
    await page.shows(`mine is ${n + 100}`);
  }
});
