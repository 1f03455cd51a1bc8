import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lessonDocument } from './lesson-document.ts';

const folder = mkdtempSync('/tmp/slw-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('whatever a lesson says, it stays in its element, and comes out as it was', () => {
  writeFileSync(join(folder, 'index.html'), '<html><body><div id="app"></div></body></html>\n');
  const title = '</script><script>alert(1)</script><!-- </body> $& \u2028';
  const lesson = { slug: 'one', language: 'en', title, summary: '', minutes: 1, heading: null, needs: [] };
  const brought = {
    lesson: { ...lesson, steps: [], introHtml: '<p>a & b</p>', goals: [], sources: [], next: null },
    languages: ['en'],
    session: null,
  };
  const html = lessonDocument(folder)(brought);
  const [, json = ''] =
    /^<html><body><div id="app"><\/div><script type="application\/json" id="brought">([^<]*)<\/script><\/body><\/html>\n$/.exec(
      html,
    ) ?? [];
  expect(JSON.parse(json)).toEqual(brought);
});
