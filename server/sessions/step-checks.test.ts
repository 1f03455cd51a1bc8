// What a learner is told of a step while their engine is away, hangs, or is none, and once it is back.

import http from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { checkItemSchema } from '../checks/items.ts';
import { Journal } from '../checks/journal.ts';
import { worldOf } from '../checks/predicates/test-world.ts';
import { json, TestEngine } from '../engine/test-engine.ts';
import type { LessonStep } from '../lessons/parse.ts';
import { StepChecks, type Told } from './step-checks.ts';

const checks = [checkItemSchema.parse({ 'image.present': { image: 'alpine:latest' } })];
const noImage: http.RequestListener = ({ url = '' }, response) =>
  url.startsWith('/images/json') ? json(response, []) : json(response, { message: 'No such image' }, 404);

function begin(test: TestEngine) {
  const told: Told[] = [];
  const journal = new Journal({ add: () => {}, trim: () => {} });
  const step = new StepChecks({
    step: { checks } as unknown as LessonStep,
    world: { ...worldOf({}), engine: test.engine, journal },
    journal,
    commandRunning: () => false,
    onPass: () => {},
    onTell: (what) => told.push(what),
    onMended: () => {},
  });
  step.trigger({ attempt: true });
  return { told, journal, step, [Symbol.dispose]: () => step.stop() };
}

// Most of the time is waiting.
describe.concurrent('a step', () => {
  it.each([
    ['is not running', null, /not yours: your computer's Docker engine is not running.*started again by itself/],
    ['hangs', () => {}, /not yours: your computer's Docker engine gave no answer in 4 s.*tried again by itself/],
    ['is none', (_, response) => void response.end('<b>'), /not yours: your computer's Docker engine answered with/],
  ] satisfies [string, http.RequestListener | null, RegExp][])(
    'whose engine %s says so once, and gives its verdict when the engine is back',
    async (_, answer, words) => {
      await using test = new TestEngine();
      if (answer) await test.listen(http.createServer(answer));
      using begun = begin(test);
      await vi.waitFor(() => expect(begun.told).toHaveLength(1), 7_000);
      // Asked again at least once.
      await new Promise((resolve) => setTimeout(resolve, 7_500));
      expect(begun.told).toMatchObject([{ state: 'error', message: expect.stringMatching(words) }]);
      await test.end();
      await test.listen(http.createServer(noImage));
      await vi.waitFor(() => expect(begun.told.at(-1)?.state).toBe('fail'), 12_000);
    },
    40_000,
  );

  it('says it again after another command', async () => {
    await using test = new TestEngine();
    using begun = begin(test);
    await vi.waitFor(() => expect(begun.told).toHaveLength(1), 7_000);
    begun.journal.addCommand({ line: 'docker ps', exitCode: 1, output: '', startedAtMs: 1, endedAtMs: 2 });
    begun.step.trigger({ attempt: true });
    await vi.waitFor(() => expect(begun.told).toHaveLength(2), 7_000);
  });
});
