import { expect, it } from 'vitest';
import { hubWanted } from './read-hub.ts';

const digest = `sha256:${'a'.repeat(64)}`;

it('asks for what the lesson names, and for the tags of what was pulled', () => {
  const images = [
    { tags: ['nginx:latest', 'localhost:5000/nginx:1', 'other:2'], digests: [`nginx@${digest}`] },
    { tags: ['mine:1'], digests: [] },
    { tags: ['learner/app:1'], digests: [`learner/app@${digest}`] },
  ];
  const wanted = hubWanted(['alpine:3.19', 'localhost:5000/x:1'], images, 'learner/');
  expect([...wanted]).toEqual([
    ['library/alpine', { tags: new Set(['3.19']), digests: new Set() }],
    ['library/nginx', { tags: new Set(['latest']), digests: new Set([digest]) }],
  ]);
});
