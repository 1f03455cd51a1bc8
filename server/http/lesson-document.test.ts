import { expect, test } from 'vitest';
import { lessonDocument, scriptHashes } from './lesson-document.ts';

test('whatever a lesson says, it stays in its element, and comes out as it was', () => {
  const page = '<html><body><div id="app"></div></body></html>\n';
  const title = '</script><script>alert(1)</script><!-- </body> $& \u2028';
  const lesson = { slug: 'one', language: 'en', title, summary: '', minutes: 1, heading: null, needs: [] };
  const brought = {
    lesson: { ...lesson, steps: [], introHtml: '<p>a & b</p>', goals: [], sources: [], next: null },
    languages: ['en'],
    session: null,
  };
  const html = lessonDocument(page)(brought, null);
  const [, json = ''] =
    /^<html><body><div id="app"><\/div><script type="application\/json" id="brought">([^<]*)<\/script><\/body><\/html>\n$/.exec(
      html,
    ) ?? [];
  expect(JSON.parse(json)).toEqual(brought);
});

test('what was rendered stands in the root element, and its title in the head', () => {
  const page = '<html><title>Slipway</title><body><div id="app"></div><script>look()</script></body></html>';
  const lesson = { slug: 'one', language: 'en', title: '', summary: '', minutes: 1, heading: null, needs: [] };
  const all = { ...lesson, steps: [], introHtml: '', goals: [], sources: [], next: null };
  const rendered = { title: '</title>$&', html: '<h1>$& One</h1>' };
  const html = lessonDocument(page)({ lesson: all, languages: ['en'], session: null }, rendered);
  expect(html).toContain('<title>&#60;/title&#62;$&#38;</title>');
  expect(html).toContain('<div id="app"><h1>$& One</h1></div><script>look()</script>');
  // printf 'look()' | openssl dgst -sha256 -binary | base64
  expect(scriptHashes(page)).toEqual(["'sha256-9aoYu6AhR1u6WyoZ4nqQeCAR2uacraS+m/WWfdfKUrk='"]);
});
