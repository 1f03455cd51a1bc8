import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, it } from 'vitest';
import { migrations } from '../store/migrations.ts';
import { StepTimeStore } from '../store/step-times.ts';
import { AWAY_MS, type OpenLesson, Standing } from './standing.ts';

let times: StepTimeStore;
let nowMs: number;
let marks: Record<string, 'passed' | 'skipped'>;
let told: number;

beforeEach(() => {
  const database = new DatabaseSync(':memory:');
  for (const migration of migrations) database.exec(migration);
  database.exec("INSERT INTO sessions (id, created_ms) VALUES ('anna', 0)");
  times = new StepTimeStore(database);
  nowMs = 1_000_000;
  marks = {};
  told = 0;
});

const standing = () =>
  new Standing({
    session: 'anna',
    times,
    diagnosisOf: (_lesson, step) => (step === 'push' ? 'not yet' : null),
    onChange: () => (told += 1),
    now: () => nowMs,
  });
const at = (step: string | null, ready = true): OpenLesson => ({
  lesson: 'trip',
  step,
  ready,
  markOf: (_, id) => marks[id],
});

it('counts from when the step can be worked on to its mark', () => {
  const one = standing();
  one.look(at('pull', false));
  expect(one.view.sinceMs).toBeNull();
  nowMs += 5000;
  one.look(at('pull'));
  expect(one.view).toMatchObject({ step: 'pull', sinceMs: 1_005_000, tries: 0 });
  nowMs += 60_000;
  marks.pull = 'passed';
  one.look(at('tag'));
  expect(times.of('anna').find(({ step }) => step === 'pull')).toMatchObject({
    begunMs: 1_005_000,
    endedMs: 1_065_000,
  });
  expect(one.view).toMatchObject({ step: 'tag', sinceMs: 1_065_000 });
});

it('leaves a step that is only gone from without an end', () => {
  const one = standing();
  one.look(at('pull'));
  one.look(at('push'));
  expect(times.of('anna').map(({ endedMs }) => endedMs)).toEqual([null, null]);
  expect(one.view.diagnosis).toBe('not yet');
});

it('counts a try once, in however many words it failed', () => {
  const one = standing();
  one.look(at('pull'));
  const command = {};
  one.failed('there is no image', command);
  one.failed('it is another image', command);
  expect(one.view).toMatchObject({ tries: 1, diagnosis: 'it is another image' });
  one.failed('it is another image', {});
  expect(one.view.tries).toBe(2);
});

it('is as before after the end of the server', () => {
  const before = standing();
  before.look(at('pull'));
  before.failed('no', {});
  nowMs += 1000;
  const after = standing();
  after.look(at('pull'));
  expect(after.view).toMatchObject({ sinceMs: 1_000_000, tries: 1 });
});

it('begins the time anew for who was away for long, and only then', () => {
  const one = standing();
  one.setConnected(true);
  one.look(at('pull'));
  one.setConnected(false);
  nowMs += AWAY_MS;
  one.setConnected(true);
  expect(one.view.sinceMs).toBe(1_000_000);
  one.setConnected(false);
  nowMs += AWAY_MS + 1;
  one.setConnected(true);
  expect(one.view.sinceMs).toBe(nowMs);
});

it('tells of keys now and then', () => {
  const one = standing();
  for (let key = 0; key < 100; key++) one.touch();
  expect(told).toBe(1);
  nowMs += 10_000;
  one.touch();
  expect(told).toBe(2);
  expect(one.view.activeMs).toBe(nowMs);
});

it('forgets a lesson that begins anew', () => {
  const one = standing();
  one.look(at('pull'));
  one.failed('no', {});
  times.clearLesson('anna', 'trip');
  one.forget('trip');
  one.look(at('pull'));
  expect(one.view).toMatchObject({ tries: 0, times: [{ step: 'pull', tries: 0 }] });
});
