// A quiz about a digest, asked of a real registry: the right one passes, and each other digest of the image is told by its name.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { QuizResult } from '../../protocol/session.ts';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'ask-the-registry';
const STEP = 'find-its-digest';
const MANIFEST = 'http://localhost:5000/v2/mynginx/manifests/1.0';
const ACCEPT = "-H 'Accept: application/vnd.docker.distribution.manifest.v2+json'";

let server: TestServer;
let learner: Learner;
const digests: Record<string, string> = {};

beforeAll(async () => {
  server = await TestServer.start();
  learner = new Learner(server);
  await learner.open(LESSON);
  const terminal = await learner.terminal();
  const asked = {
    manifest: `curl -sI ${ACCEPT} ${MANIFEST} | grep -i content-digest`,
    schema1: `curl -sI ${MANIFEST} | grep -i content-digest`,
    config: `curl -s ${ACCEPT} ${MANIFEST} | jq -r .config.digest`,
  };
  for (const [name, command] of Object.entries(asked)) {
    terminal.type(`echo "of"-${name} $(${command}) "."\r`);
    // The shell's mark stands before it on the line; what was typed has quotes in it.
    const shown = new RegExp(`of-${name} .*?(sha256:[0-9a-f]{64})\\s`);
    await terminal.shows(shown);
    digests[name] = shown.exec(terminal.output)?.[1] ?? '';
  }
  terminal.socket.close();
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

const answer = (value: unknown, quiz = 0) =>
  learner.post(routes.quiz(LESSON, STEP, quiz), { body: JSON.stringify({ answer: value }) });

it('tells the digests of one image apart', async () => {
  expect(new Set(Object.values(digests)).size).toBe(3);
  const said = async (text: string) => (await (await answer(text)).json()) as QuizResult;
  expect(await said(digests.schema1 ?? '')).toMatchObject({ right: false, html: expect.stringContaining('schema 1') });
  expect(await said(digests.config ?? '')).toMatchObject({ right: false, html: expect.stringContaining('image ID') });
  const short = (digests.manifest ?? '').slice(0, 19);
  expect(await said(short)).toMatchObject({ right: false, html: expect.stringContaining('all 64 digits') });
  expect((await said(short)).session.progress[LESSON]?.quizzes[STEP]?.[0] ?? false).toBe(false);
  const right = await said(digests.manifest ?? '');
  expect(right).toMatchObject({ right: true, html: expect.stringContaining('in the answer with the Accept header') });
  expect(right.session.progress[LESSON]?.quizzes[STEP]).toEqual([true]);
});

it.each([
  ['a number', 3],
  ['a list', [1]],
  ['nothing', undefined],
  ['a long text', 'x'.repeat(501)],
])('refuses %s for a text', async (_, value) => {
  expect((await answer(value)).status).toBe(400);
});

it('knows no quiz that is not there', async () => {
  expect((await answer('x', 7)).status).toBe(404);
});
