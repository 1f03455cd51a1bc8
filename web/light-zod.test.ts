// The page's schemas take, refuse and give what zod's do: the same modules, made with either.

import { afterEach, expect, test, vi } from 'vitest';
import type { Session } from '../protocol/session.ts';

/** Those that the page has; a schema that asks for more than the light one has cannot be made. */
const NAMES = ['lesson', 'session', 'map', 'socket', 'brought', 'classroom'] as const;
type Check = { safeParse(value: unknown): { success: boolean; data?: unknown } };
type Schemas = Record<string, Check>;

/** All schemas of the protocol, by name. */
async function schemas(made: 'zod' | 'light'): Promise<Schemas> {
  vi.resetModules();
  if (made === 'light') vi.doMock('zod', () => import('./light-zod.ts'));
  else vi.doUnmock('zod');
  const modules = await Promise.all(NAMES.map((name) => import(`../protocol/${name}.ts`)));
  const all = modules.flatMap((module) => Object.entries(module as object));
  return Object.fromEntries(all.filter(([name]) => name.endsWith('Schema'))) as Schemas;
}
afterEach(() => void vi.doUnmock('zod'));

const digest = `sha256:${'a'.repeat(64)}`;
const session: Session = {
  lesson: 'one',
  progress: {
    one: {
      marks: { pull: 'passed' },
      current: null,
      checked: ['pull'],
      quizzes: { pull: [true, false] },
      hints: { pull: [0, 1] },
      shown: [],
    },
  },
  setup: { state: 'waiting', place: 2, waitMs: null, why: 'full' },
  verdict: { step: 'pull', state: 'fail', message: 'no', command: 'docker pull' },
  time: { state: 'ending', why: 'idle', endsInMs: 1.5, extendable: true },
  space: {
    ...{ state: 'low', short: 'bytes', percent: 81, usedBytes: 1, limitBytes: 2, held: true },
    largest: [{ kind: 'image', name: 'nginx', size: 3 }],
  },
  terminals: [0, 2],
  mishap: 'replaced',
};
const summary = { slug: 'one', language: 'en', title: 'One', summary: '', minutes: 3, heading: null, needs: ['zero'] };
const quizzes = [
  { type: 'single', question: 'q', choices: ['a', 'b'] },
  { type: 'order', question: 'q', items: ['a'] },
  { type: 'match', question: 'q', left: ['a'], right: ['b'] },
  { type: 'typed', question: 'q' },
];
const lesson = {
  ...summary,
  steps: [{ id: 'pull', title: 'Pull', html: '<p>', hints: ['h'], quizzes, showable: true }],
  ...{ introHtml: '', goals: ['g'], sources: [{ title: 't', url: 'u' }], next: 'two' },
};
const blob = { digest, bytes: 1, served: true };
const picture = {
  engine: { kind: 'engine', state: 'up', more: 0 },
  a: { kind: 'image', id: digest, tags: ['nginx'], digests: [], bytes: 5, layers: null, platform: 'linux/amd64' },
  b: {
    ...{ kind: 'container', id: 'c', name: 'web', image: 'nginx', imageId: digest, state: 'running' },
    ports: [{ hostPort: 80, containerPort: 8080 }],
  },
  c: { kind: 'registry', host: 'h', state: 'up', asksLogin: true, login: { user: null }, more: 1 },
  d: { kind: 'repository', host: 'h', name: 'n' },
  e: { kind: 'tag', host: 'h', repository: 'n', name: '1', digest },
  f: {
    ...{ kind: 'manifest', host: 'h', repository: 'n', digest, state: 'served', mediaType: 'm', bytes: 1 },
    ...{ config: blob, layers: [{ ...blob, diffId: null }], platforms: [{ platform: 'p', digest }], odd: null },
  },
};

const samples: [schema: string, value: unknown][] = [
  ['sessionSchema', session],
  ['sessionSchema', { ...session, setup: { state: 'failed', message: 'm' }, time: { state: 'ended', why: 'total' } }],
  ['lessonSchema', lesson],
  ['lessonSummarySchema', { ...summary, steps: [{ id: 'pull', title: 'Pull' }] }],
  ['broughtSchema', { lesson, languages: ['en'], session: null }],
  ['quizAnswerSchema', { answer: [1, 2] }],
  ['quizAnswerSchema', { answer: 'text' }],
  ['problemSchema', { error: { code: 'c', message: 'm', next: 'n' } }],
  ['reportSchema', {}],
  ['reportSchema', { note: 'n' }],
  ['openedSchema', { terminal: 1, session }],
  [
    'evidenceSchema',
    {
      ...{ atMs: 1, verdict: 'pass', message: '', command: { line: 'l', exitCode: null, output: '' } },
      facts: [{ asked: 'a', answer: 'b' }],
    },
  ],
  ['mapPictureSchema', picture],
  ['serverMessageSchema', { type: 'session', session }],
  ['serverMessageSchema', { type: 'terminal', id: 'i', start: 0, nonce: 'n', follows: null, missed: 0 }],
  [
    'serverMessageSchema',
    { type: 'terminal', id: 'i', start: 0, nonce: 'n', follows: null, missed: 0, live: 7, picture: 8 },
  ],
  ['serverMessageSchema', { type: 'gap', missed: 4 }],
  ['serverMessageSchema', { type: 'map', picture }],
  ['serverMessageSchema', { type: 'pong' }],
  [
    'hereSchema',
    {
      classroom: true,
      me: { role: 'learner', name: 'a', needsPassword: false, class: { id: 1, name: 'c' }, returnPath: null },
    },
  ],
  ['joinSchema', { code: 'bcdf-2345', name: '  Zoë \n Q  ' }],
  ['newClassSchema', { name: 'c', lessons: ['one', 'two'] }],
  ['classChangeSchema', { state: 'open', newCode: true }],
  ['clientMessageSchema', { type: 'resize', cols: 80, rows: 24 }],
];

const WRONG = [
  null,
  undefined,
  true,
  -1,
  0,
  1.5,
  1e300,
  Number.NaN,
  '',
  'word',
  'x'.repeat(2000),
  [],
  [null],
  {},
  { a: 1 },
];

/** The value with one place in it changed, for each of its places. */
function* variants(value: unknown): Generator<unknown> {
  yield* WRONG;
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) for (const other of variants(item)) yield value.with(at, other);
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, unknown: 1 };
    yield JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(value).slice(1)}`.replace(',}', '}'));
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...without } = value as Record<string, unknown>;
      yield without;
      for (const other of variants(item)) yield { ...value, [key]: other };
    }
  }
}

test('what zod takes is taken and given alike, what it refuses is refused', async () => {
  const [real, light] = [await schemas('zod'), await schemas('light')];
  expect(Object.keys(light)).toEqual(Object.keys(real));
  const isReal = (all: Schemas) => Object.values(all).map((schema) => '_zod' in schema);
  expect([new Set(isReal(real)), new Set(isReal(light))]).toEqual([new Set([true]), new Set([false])]);
  let [taken, refused] = [0, 0];
  for (const [name, sample] of samples) {
    expect(real[name]?.safeParse(sample).success, name).toBe(true);
    for (const value of [sample, ...variants(sample)]) {
      const { success, data } = real[name]?.safeParse(value) ?? {};
      expect(light[name]?.safeParse(value), `${name}: ${JSON.stringify(value)}`).toEqual({
        success,
        ...(success ? { data } : {}),
      });
      if (success) taken += 1;
      else refused += 1;
    }
  }
  expect(taken).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(2000);
});

test('what is remembered in the browser is read alike', async () => {
  const texts = [null, '{}', '7', '{"fontSize":18,"colours":"dark"}', '{"fontSize":900,"screenReader":true,"x":1}'];
  const read = async (made: 'zod' | 'light') => {
    await schemas(made);
    const { readLook } = await import('./src/terminal/remembered-look.ts');
    return texts.map(readLook);
  };
  expect(await read('light')).toEqual(await read('zod'));
});
