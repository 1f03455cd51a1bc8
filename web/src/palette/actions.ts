// What the palette offers: the pages, the lessons, and what the page that is shown adds.

import { signal } from '@preact/signals';
import type { LessonSummary } from '../../../protocol/lesson.ts';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { themes } from '../parts/remembered-theme.ts';
import { chooseTheme } from '../parts/theme.ts';
import { certificatePath, cheatSheetPath, glossaryPath, lessonPath, show } from '../router.ts';
import { texts } from '../texts.ts';

/** `language`: of the text, where it is a lesson's. */
export type Action = { id: string; group: string; text: string; language?: string; act: () => unknown };

/** The lesson's run where a lesson is shown. */
export const openRun = signal<LessonRun | null>(null);

export function actionsNow(lessons: readonly LessonSummary[]): Action[] {
  const { groups } = texts.palette;
  const run = openRun.value;
  const goTo = (path: string, text: string): Action => ({
    id: path,
    group: groups.pages,
    text,
    act: () => show(path),
  });
  return [
    ...(run ? actionsOf(run) : []),
    goTo('/', texts.lesson.all),
    goTo(cheatSheetPath, texts.cheatSheet.heading),
    goTo(glossaryPath, texts.glossary.heading),
    goTo(certificatePath, texts.certificate.link),
    ...themes.map((theme) => ({
      id: `theme-${theme}`,
      group: groups.look,
      text: texts.palette.themes[theme],
      act: () => chooseTheme(theme),
    })),
    ...lessons.map(({ slug, title, language }) => ({
      id: slug,
      group: groups.lessons,
      text: title,
      language,
      act: () => show(lessonPath(slug)),
    })),
  ];
}

function actionsOf(run: LessonRun): Action[] {
  const { groups } = texts.palette;
  const { value } = run.loading;
  if (value.state !== 'loaded' || value.lesson.steps.length === 0) return [];
  const { steps, language } = value.lesson;
  const { panes } = run;
  const shown = panes.mapShown.value;
  const here = (id: string, text: string, act: () => unknown): Action => ({ id, group: groups.here, text, act });
  return [
    ...steps.map(({ id, title }, at) => ({
      id: `step-${id}`,
      group: groups.steps,
      text: `${at + 1}. ${title}`,
      language,
      act: () => toStep(run, id),
    })),
    here('terminal', texts.palette.toTerminal, () => run.focusTerminal()),
    here('new-terminal', texts.terminal.openItem, () => run.openTerminal()),
    here('map', shown ? texts.map.hide : texts.map.show, () => (shown ? panes.hide('map') : panes.show('map'))),
    here('map-tables', texts.palette.mapAsTables, () => {
      run.map.asTables.value = true;
      panes.show('map');
    }),
    here('lesson', panes.lessonShown.value ? texts.palette.hideLesson : texts.panes.toLesson, () =>
      panes.lessonShown.value ? panes.hide('lesson') : panes.show('lesson'),
    ),
    here('start-again', `${texts.lesson.startAgain}…`, () => document.getElementById('start-again')?.click()),
  ];
}

function toStep(run: LessonRun, id: string): void {
  run.panes.show('lesson');
  requestAnimationFrame(() => {
    const step = document.querySelector<HTMLElement>(`[data-step="${id}"]`);
    const heading = step?.querySelector<HTMLButtonElement>('.step-heading');
    if (heading?.getAttribute('aria-expanded') === 'false') heading.click();
    step?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  });
}
