// Whoever runs Slipway reads what learners reported, without their secrets and without what their texts could do to a terminal.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Live } from './live.ts';
import { statusOf, statusSchema, statusText } from './status.ts';
import { openDatabase, openReadOnly } from './store/database.ts';
import { overviewOf } from './store/overview.ts';
import { Store } from './store/store.ts';

const ID = 'abcdef0123456789';
const evidence = {
  atMs: 5,
  verdict: 'fail',
  message: 'The registry \x1b[31mwants\x1b[m a login.',
  command: {
    line: 'docker login -u ann -p s3cret localhost:5000',
    exitCode: 1,
    output: 'denied\x07\n\x1b]0;title\x07',
  },
  facts: [{ asked: 'file ~/.docker/config.json', answer: '{"auths":{"x":{"auth":"c2VjcmV0"}}}' }],
};

const live: Live = {
  startedMs: 0,
  engine: 'up',
  sandboxes: { claimed: 1, warm: 1, making: 0, waiting: 2, max: 20, healthy: true },
  sockets: 1,
  memory: { serverBytes: 100 * 2 ** 20, availableBytes: 20 * 2 ** 30 },
  disk: { freeBytes: 50 * 2 ** 30, leastFreeBytes: 2 ** 31 },
  lessons: { course: 9, own: 1, leftOut: [{ file: '/own/01-x/lesson.md', line: 3, message: 'no \x1b[2Jgood' }] },
  webhook: {
    origin: 'https://records.example.com',
    delivered: 3,
    waiting: 1,
    failed: 0,
    trouble: 'It answered with status 503.',
  },
  hub: {
    mode: 'online',
    ready: true,
    images: ['alpine', 'nginx'],
    added: { names: [], bytes: 0 },
    storedBytes: 5 * 2 ** 20,
    capBytes: 2 ** 32,
    requests: { nginx: { hit: 3, miss: 2, limited: 1 }, other: { unknown: 4 } },
    servedBytes: 9 * 2 ** 20,
    fetchedBytes: 4 * 2 ** 20,
    rateLimit: { limit: 100, remaining: 0, windowS: 21_600, atMs: 0 },
    limitedSinceMs: 60_000,
  },
};

function look(fill: (store: Store) => void) {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-status-'));
  try {
    const store = new Store(openDatabase(join(dir, 'slipway.db')));
    store.addSession(ID, 0);
    fill(store);
    // While the server has it open, as in life.
    const database = openReadOnly(join(dir, 'slipway.db'));
    const status = statusOf(overviewOf(database), { server: 42, live, added: [] });
    expect(() => database.exec('DELETE FROM sessions')).toThrow(/readonly/);
    database.close();
    store.close();
    return status;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

it('lists learners, computers and reports, without secrets and control characters', () => {
  const status = look((store) => {
    store.addSandbox({ id: 'box', slot: 1, nonce: 'no-one-sees-this' });
    store.addSandbox({ id: 'stock', slot: 2, nonce: 'n' });
    store.setSandbox(ID, 'box');
    store.setLesson(ID, 'tags');
    store.setMark(ID, 'tags', 'one', 'passed', 1);
    store.setMark(ID, 'tags', 'two', 'skipped', 2);
    store.evidence.addReport({ session: ID, lesson: 'tags', step: 'two', atMs: 0, note: 'I \x1b[2Jdid', evidence });
  });
  expect(status).toMatchObject({
    server: 42,
    sessions: [
      { id: 'abcdef01', lesson: 'tags', sandbox: 'box', lessons: [{ lesson: 'tags', passed: 1, skipped: 1 }] },
    ],
    sandboxes: [
      { id: 'box', slot: 1, session: 'abcdef01' },
      { id: 'stock', slot: 2, session: null },
    ],
    reports: [
      { id: 1, session: 'abcdef01', evidence: { command: { line: 'docker login -u ann -p … localhost:5000' } } },
    ],
  });
  expect(statusSchema.parse(JSON.parse(JSON.stringify(status)))).toEqual(status);
  const text = statusText(status);
  expect(text).toContain('1 in use, 1 warm, 0 being made, 20 at most; 2 learners in line');
  expect(text).toContain(
    '3 hits, 2 misses, 0 refused at the cap; served 9 MiB, fetched 4 MiB; the cache takes 5 MiB of 4096 MiB',
  );
  expect(text).toContain('9 of the course, 1 of your own; left out:\n         /own/01-x/lesson.md:3: no [2Jgood');
  expect(text).toContain('3 completions told to https://records.example.com, 1 waiting, 0 given up\n');
  expect(text).toContain('the newest that failed: It answered with status 503.');
  expect(text).toContain('gives no more since 1970-01-01 00:01');
  expect(text).toContain('still gives 0 of 100 pulls in 6 h');
  expect(text).toContain('1 learner, 2 practice computers, 1 of them in use');
  expect(text).toContain('abcdef01  since 1970-01-01 00:00  computer box  in tags; passed: tags 1 (+1 skipped)');
  expect(text).toContain('tags › two');
  expect(text).toContain('typed  docker login -u ann -p … localhost:5000   (exit code 1)');
  expect(text).toContain('{"auths":{"x":{"auth":"…"}}}');
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  for (const hidden of ['s3cret', 'c2VjcmV0', 'no-one-sees-this', ID])
    expect(JSON.stringify(status) + text).not.toContain(hidden);
});

it('says so where nothing was reported, and reads a report without evidence or of another shape', () => {
  expect(statusText(look(() => {}))).toContain('No check was reported as wrong.');
  const status = look((store) => {
    const report = { session: ID, lesson: 'tags', step: 'two', atMs: 0, note: '' };
    store.evidence.addReport({ ...report, evidence: null });
    store.evidence.addReport({ ...report, evidence: { of: 'another version' } });
  });
  expect(status.reports.map((report) => report.evidence)).toEqual([null, null]);
  expect(statusText(status)).toContain('2 reports of wrong checks:');
});

it('refuses a folder without a database', () => {
  expect(() => openReadOnly('/nowhere/slipway.db')).toThrow(/cannot be read/);
});
