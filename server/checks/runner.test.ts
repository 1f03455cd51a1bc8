// When the runner asks, when it tells, and when it keeps quiet.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CheckRunner, type RunnerVerdict } from './runner.ts';
import { fail, notYet, type Outcome, pass } from './types.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin(first: Outcome | Error, running = false) {
  const world = { outcome: first, running, asked: 0 };
  const verdicts: RunnerVerdict[] = [];
  const runner = new CheckRunner({
    evaluate: async () => {
      world.asked++;
      if (world.outcome instanceof Error) throw world.outcome;
      return world.outcome;
    },
    commandRunning: () => world.running,
    onVerdict: (verdict) => verdicts.push(verdict),
  });
  return { world, verdicts, runner };
}

describe('CheckRunner', () => {
  it('tells a pass once, and asks no more', async () => {
    const { world, verdicts, runner } = begin(pass);
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(0);
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(verdicts).toEqual([{ state: 'pass' }]);
    expect(world.asked).toBe(1);
  });

  it('tells a fail of an attempt, and keeps quiet about one without', async () => {
    const { verdicts, runner } = begin(fail('no'));
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(verdicts).toEqual([]);
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(verdicts).toEqual([{ state: 'fail', message: 'no' }]);
  });

  it('asks a not yet again from 50 ms on, doubling, and takes what comes', async () => {
    const { world, verdicts, runner } = begin(notYet('starting'));
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(160);
    expect(world.asked).toBe(3);
    expect(verdicts).toEqual([]);
    world.outcome = pass;
    await vi.advanceTimersByTimeAsync(200);
    expect(verdicts).toEqual([{ state: 'pass' }]);
  });

  it("makes a not yet that lasts 2 s the learner's fail", async () => {
    const { verdicts, runner } = begin(notYet('starting'));
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(1_900);
    expect(verdicts).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(verdicts).toEqual([{ state: 'fail', message: 'starting' }]);
  });

  it.each([
    ['fail', notYet('starting')],
    ['error', new Error('engine away')],
  ])('tells a lasting %s also while things happen all the time', async (state, outcome) => {
    const { verdicts, runner } = begin(outcome);
    runner.trigger({ attempt: true });
    for (let ms = 0; ms < 4_500; ms += 500) {
      await vi.advanceTimersByTimeAsync(500);
      runner.trigger({ attempt: false });
    }
    expect(verdicts.map((verdict) => verdict.state)).toEqual([state]);
  });

  it('looks again after 5, 15 and 30 s, and then never', async () => {
    const { world, runner } = begin(fail('no'));
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(4_900);
    expect(world.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(world.asked).toBe(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(world.asked).toBe(3);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(world.asked).toBe(4);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.asked).toBe(4);
  });

  it('waits with a fail while a command is still running', async () => {
    const { world, verdicts, runner } = begin(fail('half done'), true);
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(verdicts).toEqual([]);
    await vi.advanceTimersByTimeAsync(600);
    expect(verdicts).toEqual([{ state: 'fail', message: 'half done' }]);
    world.running = false;
  });

  it('tells such a fail also where something else happens meanwhile', async () => {
    const { world, verdicts, runner } = begin(fail('half done'), true);
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(1_000);
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(1_400);
    expect(verdicts).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(verdicts).toEqual([{ state: 'fail', message: 'half done' }]);
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(verdicts).toHaveLength(1);
    world.running = false;
  });

  it('tells an error of ours as an error, after trying for 2 s', async () => {
    const error = new Error('engine away');
    const { verdicts, runner } = begin(error);
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(2_100);
    expect(verdicts).toEqual([{ state: 'error', error }]);
  });

  it('asks again after an error, as long as it is one, and then gives the verdict that was owed', async () => {
    const { world, verdicts, runner } = begin(new Error('engine away'));
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(verdicts.map(({ state }) => state)).toEqual(['error', 'error', 'error', 'error']);
    world.outcome = fail('no');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(verdicts.at(-1)).toEqual({ state: 'fail', message: 'no' });
    const { length } = verdicts;
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(verdicts).toHaveLength(length);
  });

  it('owes no fail after an error where nothing was tried, and the fail of before after one on looking again', async () => {
    const { world, verdicts, runner } = begin(new Error('engine away'));
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(2_100);
    expect(verdicts).toHaveLength(1);
    world.outcome = fail('no');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(verdicts).toHaveLength(1);
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(0);
    world.outcome = new Error('engine away');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(verdicts.at(-1)?.state).toBe('error');
    world.outcome = fail('no');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(verdicts.at(-1)).toEqual({ state: 'fail', message: 'no' });
  });

  it('says nothing after it was stopped', async () => {
    const { verdicts, runner } = begin(notYet('starting'));
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(60);
    runner.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(verdicts).toEqual([]);
    expect(runner.idle).toBe(true);
  });

  it('takes back what is true no more, and tells what is so now', async () => {
    const { world, verdicts, runner } = begin(fail('stopped'));
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(0);
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(verdicts).toHaveLength(1);
    world.outcome = fail('not pushed');
    runner.trigger({ attempt: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(verdicts.at(-1)).toEqual({ state: 'fail', message: 'not pushed' });
    world.outcome = fail('other');
    await vi.advanceTimersByTimeAsync(5_100);
    expect(verdicts.at(-1)).toEqual({ state: 'fail', message: 'other' });
    world.outcome = pass;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(verdicts.at(-1)).toEqual({ state: 'pass' });
    expect(verdicts).toHaveLength(4);
  });

  it('never waits for ever: an evaluation that hangs is an error', async () => {
    const verdicts: RunnerVerdict[] = [];
    let asked = 0;
    const runner = new CheckRunner({
      evaluate: () => (asked++, new Promise(() => {})),
      commandRunning: () => false,
      onVerdict: (verdict) => verdicts.push(verdict),
    });
    runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(7_900);
    expect(verdicts).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(verdicts).toMatchObject([{ state: 'error', error: { code: 'check-slow' } }]);
    expect(asked).toBe(1);
    expect(runner.idle).toBe(true);
  });

  it('evaluates one at a time, and what came last counts', async () => {
    let running = 0;
    let most = 0;
    const answers: ((outcome: Outcome) => void)[] = [];
    const verdicts: RunnerVerdict[] = [];
    const runner = new CheckRunner({
      evaluate: async () => {
        most = Math.max(most, ++running);
        const outcome = await new Promise<Outcome>((resolve) => answers.push(resolve));
        running--;
        return outcome;
      },
      commandRunning: () => false,
      onVerdict: (verdict) => verdicts.push(verdict),
    });
    for (let count = 0; count < 5; count++) runner.trigger({ attempt: true });
    await vi.advanceTimersByTimeAsync(0);
    answers.shift()?.(fail('first'));
    await vi.advanceTimersByTimeAsync(0);
    expect(answers).toHaveLength(1);
    answers.shift()?.(fail('second'));
    await vi.advanceTimersByTimeAsync(0);
    expect(most).toBe(1);
    expect(verdicts.at(-1)).toEqual({ state: 'fail', message: 'second' });
    expect(answers).toHaveLength(0);
  });
});
