// The event stream of engines that come and go, and of things that are none.

import http from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { SandboxEngine } from './sandbox-engine.ts';
import { endless, TestEngine } from './test-engine.ts';
import type { EngineEvent } from './types.ts';

/** Far beyond what it takes. */
const WAIT_MS = 10_000;

const event = (index: number, more: object = {}) =>
  `${JSON.stringify({
    Type: 'image',
    Action: 'tag',
    Actor: { ID: `sha256:${index}`, Attributes: { name: `a:${index}`, 'label<b>': '\u001b' } },
    timeNano: index * 1e6,
    ...more,
  })}\n`;

function follow(test: TestEngine, work: (event: EngineEvent) => Promise<void> = async () => {}) {
  const seen: EngineEvent[] = [];
  const back = vi.fn();
  const follower = test.engine.follow({
    sinceMs: 0,
    onEvent: (one) => {
      seen.push(one);
      return work(one);
    },
    onBack: back,
  });
  return { seen, back, [Symbol.dispose]: () => follower.close() };
}

describe('followEvents', () => {
  it('tells each event once, through an end of the engine, and that it is back', async () => {
    const answer: http.RequestListener = (_, response) => void response.write(event(1) + event(2));
    await using test = await TestEngine.answering(answer);
    using followed = follow(test);
    await vi.waitFor(() => expect(followed.seen).toHaveLength(2), WAIT_MS);
    expect(followed.seen[0]).toEqual({ kind: 'image', action: 'tag', id: 'sha256:1', name: 'a:1', atMs: 1 });
    expect(followed.back).not.toHaveBeenCalled();
    await test.end();
    await test.listen(http.createServer((_, response) => void response.write(event(2) + event(3))));
    await vi.waitFor(() => expect(followed.seen).toHaveLength(3), 5_000);
    expect(followed.back).toHaveBeenCalledTimes(1);
  });

  it('says whether the engine had ended, or only its answer', async () => {
    const answers: http.ServerResponse[] = [];
    const answer: http.RequestListener = (_, response) => {
      response.write(event(answers.push(response)));
    };
    await using test = await TestEngine.answering(answer);
    let asked = 0;
    const engine = new SandboxEngine((receive) => {
      asked += 1;
      return test.dial(receive);
    });
    const back = vi.fn();
    const follower = engine.follow({ sinceMs: 0, onEvent: async () => {}, onBack: back });
    await vi.waitFor(() => expect(answers).toHaveLength(1), WAIT_MS);
    answers[0]?.destroy();
    await vi.waitFor(() => expect(back.mock.calls).toEqual([[false]]), 5_000);
    await test.end();
    asked = 0;
    await vi.waitFor(() => expect(asked).toBeGreaterThan(1), 5_000);
    await test.listen(http.createServer(answer));
    await vi.waitFor(() => expect(back.mock.calls).toEqual([[false], [true]]), 5_000);
    follower.close();
  });

  it('goes on when the clock of the computer jumps an hour, forth and back', async () => {
    const hour = 3_600_000;
    await using test = await TestEngine.answering((_, response) => {
      response.write(event(hour) + event(2 * hour) + event(hour + 1) + event(hour + 1) + event(hour + 2));
    });
    using followed = follow(test);
    const times = [hour, 2 * hour, hour + 1, hour + 2];
    await vi.waitFor(() => expect(followed.seen.map(({ atMs }) => atMs)).toEqual(times), WAIT_MS);
  });

  it('leaves out what is no event, and a line that is too long', async () => {
    await using test = await TestEngine.answering((_, response) => {
      response.write('[]\n7\nnull\n{"Type":"image"}\n');
      response.write(event(1, { Action: 7 }) + event(1, { timeNano: 'now' }) + event(1, { Actor: null }));
      response.write(event(1, { Actor: { ID: 'x', Attributes: { name: 'x'.repeat(5_000) } } }));
      response.write(`${'x'.repeat(1_000_000)}\n${event(9)}`);
    });
    using followed = follow(test);
    await vi.waitFor(() => expect(followed.seen.map(({ atMs }) => atMs)).toEqual([9]), WAIT_MS);
  });

  it('leaves a stream that is no JSON for the engine that is there by then', async () => {
    let asked = 0;
    await using test = await TestEngine.answering((_, response) => {
      asked += 1;
      response.write(asked < 3 ? 'y\n' : event(1));
    });
    using followed = follow(test);
    await vi.waitFor(() => expect(followed.seen).toHaveLength(1), WAIT_MS);
    expect(asked).toBe(3);
  });

  it('lets a line that never ends cost little memory', async () => {
    let sent = 0;
    await using test = await TestEngine.answering((_, response) =>
      endless(response, 'x'.repeat(65_536), (bytes) => (sent += bytes)),
    );
    const before = process.memoryUsage().rss;
    using _ = follow(test);
    await vi.waitFor(() => expect(sent).toBeGreaterThan(300e6), 15_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  it('reads no faster than events are taken, and at most 500 in a second', async () => {
    let made = 0;
    await using test = await TestEngine.answering((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(event((made += 1))));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    using held = follow(test, () => new Promise(() => {}));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(held.seen).toHaveLength(1);
    const made1 = made;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(made).toBe(made1);
    using followed = follow(test);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(followed.seen.length).toBeGreaterThanOrEqual(500);
    expect(followed.seen.length).toBeLessThanOrEqual(1_000);
  });

  it('asks ever less often where it is hung up on at once', async () => {
    await using test = await TestEngine.answering((_, response) => void response.end());
    using followed = follow(test);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(followed.back.mock.calls.length).toBeGreaterThan(2);
    expect(followed.back.mock.calls.length).toBeLessThan(8);
  });
});
