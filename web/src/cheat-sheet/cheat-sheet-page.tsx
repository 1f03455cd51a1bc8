// The commands met so far, to be searched, copied and printed.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type ApiProblem, asProblem, getLesson, getLessons, getSession } from '../api.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { Loading } from '../parts/loading.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { sanitised } from '../parts/rich-text.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { progressOf } from '../progress.ts';
import { lessonPath } from '../router.ts';
import { texts } from '../texts.ts';
import { grouped, type MetCommand, type MetGroup, searched } from './commands-met.ts';

type State = { state: 'loading' } | { state: 'loaded'; groups: MetGroup[] } | { state: 'failed'; problem: ApiProblem };

async function load(): Promise<State> {
  try {
    const [lessons, session] = await Promise.all([getLessons(), getSession()]);
    const passed = (slug: string, steps: (typeof lessons)[number]['steps']) => {
      const { marks } = progressOf(session, { slug, steps });
      return steps.filter(({ id }) => marks[id] === 'passed').map(({ id }) => id);
    };
    const begun = lessons.filter(({ slug, steps }) => passed(slug, steps).length > 0);
    const met = await Promise.all(
      begun.map(async ({ slug, steps }): Promise<MetCommand[]> => {
        const lesson = await getLesson(slug);
        const done = passed(slug, steps);
        return lesson.steps
          .filter(({ id }) => done.includes(id))
          .flatMap(({ title, html }) =>
            commandsIn(html).map((command) => ({
              command,
              step: title,
              lesson: lesson.title,
              slug,
              language: lesson.language,
            })),
          );
      }),
    );
    return { state: 'loaded', groups: grouped(met.flat()) };
  } catch (error) {
    return { state: 'failed', problem: asProblem(error) };
  }
}

const commandsIn = (html: string): string[] =>
  [...sanitised(html).querySelectorAll<HTMLElement>('.command[data-command]')].flatMap(
    ({ dataset }) => dataset.command ?? [],
  );

export function CheatSheetPage() {
  useTitle(texts.cheatSheet.heading);
  const loaded = useSignal<State>({ state: 'loading' });
  const search = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const ask = () =>
    void load().then((state) => {
      loaded.value = state;
    });
  useEffect(ask, []);
  const { value } = loaded;
  return (
    <>
      <a class="skip-link" href="#commands">
        {texts.cheatSheet.skip}
      </a>
      <TopBar />
      <main class="cheat-sheet">
        <h1>{texts.cheatSheet.heading}</h1>
        <p class="cheat-intro">{texts.cheatSheet.intro}</p>
        {value.state === 'loading' && <Loading shape="page" />}
        {value.state === 'failed' && <ProblemNotice problem={value.problem} onRetry={ask} />}
        {value.state === 'loaded' && value.groups.length === 0 && (
          <NothingHere text={texts.cheatSheet.empty} next={texts.cheatSheet.emptyNext}>
            <a class="button button-main" href="/">
              {texts.lesson.all}
              <Icon name="arrow" />
            </a>
          </NothingHere>
        )}
        {value.state === 'loaded' && value.groups.length > 0 && (
          <>
            <div class="cheat-tools no-print">
              <input
                ref={field}
                type="search"
                class="text-field"
                placeholder={texts.cheatSheet.search}
                aria-label={texts.cheatSheet.search}
                value={search.value}
                onInput={({ currentTarget }) => {
                  search.value = currentTarget.value;
                }}
              />
              <button type="button" class="button" onClick={() => print()}>
                <Icon name="print" />
                {texts.certificate.print}
              </button>
            </div>
            <Groups
              groups={searched(value.groups, search.value)}
              onAll={() => {
                search.value = '';
                field.current?.focus();
              }}
            />
          </>
        )}
      </main>
    </>
  );
}

function Groups({ groups, onAll }: { groups: readonly MetGroup[]; onAll: () => void }) {
  return (
    <div id="commands" tabIndex={-1}>
      <p role="status" class={groups.length > 0 ? 'visually-hidden' : 'cheat-empty'}>
        {groups.length > 0 ? '' : texts.cheatSheet.none}
      </p>
      {groups.length === 0 && (
        <button type="button" class="button" onClick={onAll}>
          {texts.cheatSheet.all}
        </button>
      )}
      {groups.map(({ verb, commands }, at) => (
        <section key={verb} class="cheat-group" aria-labelledby={`verb-${at}`}>
          <h2 id={`verb-${at}`} translate={false}>
            {verb}
          </h2>
          <ul>
            {commands.map((one) => (
              <Row key={one.command} {...one} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Row({ command, step, lesson, slug, language }: MetCommand) {
  return (
    <li>
      <pre>
        <code>{command}</code>
      </pre>
      <CopyButton command={command} />
      <span class="cheat-where" lang={language}>
        {step}, <a href={lessonPath(slug)}>{lesson}</a>
      </span>
    </li>
  );
}
