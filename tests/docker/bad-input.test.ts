// What is malformed, huge, repeated, late or hostile at the server's edge gets a clear answer and harms nothing.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../support/server.ts';
import { floods } from './bad-input/floods.ts';
import { badRequests } from './bad-input/http.ts';
import { badMessages } from './bad-input/messages.ts';
import { Place } from './bad-input/place.ts';

let place: Place;
beforeAll(async () => {
  place = await Place.open();
});
afterAll(async () => {
  await place?.[Symbol.asyncDispose]();
});

describe('frames on the WebSocket', () => badMessages(() => place));
describe('the terminal', () => floods(() => place));
describe('HTTP', () => badRequests(() => place));

describe('lesson files', () => {
  const lessonsDir = (text: string) => {
    const dir = mkdtempSync('/tmp/slw-lessons-');
    mkdirSync(join(dir, '01-bad'));
    writeFileSync(join(dir, '01-bad', 'lesson.md'), text);
    return dir;
  };
  it('a broken one stops the start with file, line and what was expected', async () => {
    const dir = lessonsDir(
      '---\ntitle: A lesson\nsummary: Something long enough\nminutes: 5\nminuets: 5\n---\n\n## A\n',
    );
    await expect(TestServer.start({ args: ['--lessons-dir', dir] })).rejects.toThrow(
      /lesson\.md:5: unknown key `minuets`/,
    );
  });
});
