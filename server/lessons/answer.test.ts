// What is right, what is wrong and why, for each kind of quiz and each answer that one could send.

import { describe, expect, it } from 'vitest';
import type { QuizAnswer } from '../../protocol/lesson.ts';
import { answerQuiz, rightAnswer } from './answer.ts';
import type { KnownDigests } from './digest-answer.ts';
import { type StepQuiz, stepQuiz } from './quiz.ts';
import { quizSchema } from './quiz-schema.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const known: KnownDigests = { manifest: digest('a'), config: digest('b'), schema1: digest('c'), imageId: digest('d') };

const quizOf = (quiz: object, seed = 'x'): StepQuiz => stepQuiz(quizSchema.parse({ question: 'What?', ...quiz }), seed);
const answer = (quiz: StepQuiz, value: unknown, digests: KnownDigests | null = known) =>
  answerQuiz(quiz, value as QuizAnswer, async () => digests);
const shownAt = (quiz: StepQuiz, ofLesson: number) => quiz.order.indexOf(ofLesson);

const choices = [
  { text: 'a **registry**', right: true, why: 'It stores.' },
  { text: 'a tag', why: 'That is a `pointer`.' },
  { text: 'a layer', why: 'That is a part.' },
];
const single = quizOf({ type: 'single', choices });
const several = quizOf({
  type: 'several',
  choices: [
    { text: 'share', right: true, why: 'Teams do.' },
    { text: 'compile', why: 'It never runs anything.' },
    { text: 'keep versions', right: true, why: 'By tags.' },
  ],
});
const order = quizOf({
  type: 'order',
  items: ['registry', 'repository', 'image'],
  why: 'From the large to the small.',
});
const match = quizOf({
  type: 'match',
  pairs: { GCR: 'Google', ECR: 'Amazon', 'Artifact Registry': 'Google', ACR: 'Azure' },
  wrong: { ECR: 'E is for Elastic.' },
  why: 'Look at the first letter.',
});
const typed = quizOf({
  type: 'typed',
  answer: 'IMAGE ID',
  accept: ['imageid'],
  wrong: { repository: 'That is part of the name.' },
  why: 'The third column.',
});
const ofDigest = (of: string) =>
  quizOf({
    type: 'typed',
    digest: { registry: 'localhost:5000', repository: 'mynginx', tag: '1.0', of },
    wrong: { '1.0': 'That is the tag.' },
    why: 'Read the header.',
  });
const manifest = ofDigest('manifest');
const config = ofDigest('config');

describe('stepQuiz', () => {
  it('shows no answer and no why', () => {
    for (const quiz of [single, several, order, match, typed, manifest])
      expect(JSON.stringify(quiz.shown)).not.toMatch(/right":true|why|stores|Teams|answer|IMAGE|large/);
    expect(single.shown).toMatchObject({ type: 'single', question: '<p>What?</p>\n' });
    expect((single.shown as { choices: string[] }).choices).toContain('a <strong>registry</strong>');
    expect((match.shown as { right: string[] }).right.toSorted()).toEqual(['Amazon', 'Azure', 'Google']);
  });

  it('shuffles always in the same way, another for each seed, and never to the order that is right', () => {
    const items = ['a', 'b', 'c'];
    const orders = Array.from(
      { length: 60 },
      (_, seed) => quizOf({ type: 'order', items, why: 'So.' }, `${seed}`).order,
    );
    expect(new Set(orders.map(String))).toEqual(new Set(['0,2,1', '1,0,2', '1,2,0', '2,0,1', '2,1,0']));
    expect(quizOf({ type: 'order', items, why: 'So.' }, '7').order).toEqual(orders[7]);
    expect(quizOf({ type: 'order', items: ['a', 'b'], why: 'So.' }).order).toEqual([1, 0]);
    const firsts = Array.from({ length: 30 }, (_, seed) => quizOf({ type: 'single', choices }, `${seed}`).order[0]);
    expect(new Set(firsts)).toEqual(new Set([0, 1, 2]));
  });
});

describe('answerQuiz', () => {
  it.each([
    ['single', single],
    ['several', several],
    ['order', order],
    ['match', match],
    ['typed', typed],
    ['a digest', manifest],
    ['the digest of a config', config],
  ])('takes the right answer: %s', async (_, quiz) => {
    expect(await answer(quiz, await rightAnswer(quiz, async () => known))).toMatchObject({ right: true });
  });

  it('says why of the choice that was made', async () => {
    expect(await answer(single, shownAt(single, 0))).toEqual({ right: true, html: '<p>It stores.</p>\n' });
    expect(await answer(single, shownAt(single, 1))).toEqual({
      right: false,
      html: '<p>That is a <code>pointer</code>.</p>\n',
    });
  });

  it('says of several what is wrong and what is missing', async () => {
    const [share, compile, versions] = [0, 1, 2].map((index) => shownAt(several, index));
    expect(await answer(several, [versions, share])).toEqual({
      right: true,
      html: '<ul><li><strong>share</strong> Teams do.</li><li><strong>keep versions</strong> By tags.</li></ul>',
    });
    const wrong = await answer(several, [share, compile]);
    expect(wrong).toEqual({
      right: false,
      html:
        '<p>Not right:</p><ul><li><strong>compile</strong> It never runs anything.</li></ul>' +
        '<p>Left out:</p><ul><li><strong>keep versions</strong> By tags.</li></ul>',
    });
    expect(await answer(several, [])).toEqual({ right: false, html: '<p>Nothing is chosen yet.</p>\n' });
  });

  it('takes one order only', async () => {
    const right = [0, 1, 2].map((index) => shownAt(order, index));
    expect(await answer(order, right)).toEqual({ right: true, html: '<p>From the large to the small.</p>\n' });
    expect(await answer(order, right.toReversed())).toEqual({
      right: false,
      html: '<p>From the large to the small.</p>\n',
    });
  });

  it('says of a match what is wrong, each by its words', async () => {
    const right = (await rightAnswer(match, async () => null)) as number[];
    expect(right[0]).toBe(right[2]);
    expect(await answer(match, right)).toEqual({ right: true, html: '<p>Look at the first letter.</p>\n' });
    expect((await answer(match, right.with(1, right[0] as number))).html).toBe('<p>E is for Elastic.</p>\n');
    expect((await answer(match, right.with(0, right[1] as number))).html).toBe('<p>Look at the first letter.</p>\n');
  });

  it.each([
    ['  "image   id" ', true, '<p>The third column.</p>\n'],
    ['`ImageID`', true, '<p>The third column.</p>\n'],
    ['Repository', false, '<p>That is part of the name.</p>\n'],
    ['<img src=x onerror=alert(1)>', false, '<p>The third column.</p>\n'],
    ['  ', false, '<p>Nothing is typed yet.</p>\n'],
  ])('compares the typed text %j', async (text, right, html) => {
    expect(await answer(typed, text)).toEqual({ right, html });
  });

  it.each([
    [digest('a'), true, '<p>Read the header.</p>'],
    [` Docker-Content-Digest: ${digest('A')}\r`, true, 'Read the header.'],
    [`localhost:5000/mynginx@${digest('a')}`, true, 'Read the header.'],
    ['a'.repeat(64), false, 'put <code>sha256:</code> in front'],
    [`sha256:${'a'.repeat(12)}`, false, 'all 64 digits'],
    ['aaaaaaaaaaaa', false, 'all 64 digits'],
    [digest('b'), false, 'That is the image ID'],
    [digest('d'), false, 'That is the image ID'],
    ['bbbbbbbbbbbb', false, 'That is the image ID'],
    [digest('c'), false, 'schema 1'],
    [digest('e'), false, 'No digest of <code>mynginx:1.0</code> in your registry is this one'],
    [`${digest('a')}a`, false, 'A digest is <code>sha256:</code> and 64 hexadecimal digits'],
    ['eeeeeeeeeeee', false, 'A digest is <code>sha256:</code> and 64 hexadecimal digits'],
    ['1.0', false, 'That is the tag'],
    ['the header', false, 'Read the header'],
  ])('recognises the digest %s', async (text, right, html) => {
    const judged = await answer(manifest, text);
    expect(judged.right).toBe(right);
    expect(judged.html).toContain(html);
  });

  it('tells the digest of a manifest from that of a config', async () => {
    expect(await answer(config, digest('b'))).toMatchObject({ right: true });
    expect((await answer(config, digest('a'))).html).toContain('That is the digest of the manifest');
    expect(await answer(manifest, digest('a'), null)).toMatchObject({ right: false });
    expect((await answer(manifest, digest('a'), null)).html).toContain(
      'doesn&#39;t have <code>mynginx:1.0</code> any more',
    );
  });

  it.each([
    ['a list for one choice', single, [0]],
    ['a text for one choice', single, '0'],
    ['a choice that is not there', single, 3],
    ['a negative choice', single, -1],
    ['half a choice', single, 0.5],
    ['a number for several', several, 0],
    ['the same choice twice', several, [0, 0]],
    ['one of several that is not there', several, [0, 3]],
    ['too few in order', order, [0, 1]],
    ['one twice in order', order, [0, 0, 1]],
    ['too many in order', order, [0, 1, 2, 0]],
    ['too few matched', match, [0, 1, 2]],
    ['a right side that is not there', match, [0, 1, 2, 3]],
    ['a text for a match', match, 'GCR'],
    ['a number for a text', typed, 1],
    ['a list for a digest', manifest, [1]],
    ['nothing', single, undefined],
    ['no numbers', several, [null, {}]],
  ])('refuses %s', async (_, quiz, value) => {
    await expect(answer(quiz, value)).rejects.toMatchObject({ code: 'bad-answer', status: 400 });
  });
});
