// The page of a lesson as HTML: its own components, as they are in a usual window before anything has happened.

import type { Brought } from '../../../protocol/brought.ts';
import { App } from '../app.tsx';
import { bring } from '../brought.ts';
import { languageFor } from '../language.ts';
import { lessonPath, parsePath, route } from '../router.ts';
import { languages, texts } from '../texts.ts';
import { renderToString } from './render-to-string.ts';

export type RenderedPage = { title: string; html: string };

/** Null where the page does not speak English to whoever wants these languages: then the browser renders it. */
export function lessonPage(brought: Brought, wanted: readonly string[]): RenderedPage | null {
  if (languageFor(wanted, languages) !== 'en') return null;
  bring({ ...brought, languages: [brought.lesson.language] });
  route.value = parsePath(lessonPath(brought.lesson.slug));
  return { title: texts.title({ page: brought.lesson.title }), html: renderToString(<App />) };
}
