// A page to print and hand out, one sheet of A4: how to join a class, the keys in the terminal, and what to do when stuck.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Class } from '../../../protocol/classroom.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { Icon } from '../parts/icons.tsx';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { isLoopback } from '../people/plain-http.tsx';
import { roomTexts } from '../room-texts.ts';
import { classPath, route } from '../router.ts';
import { keyNames } from '../terminal/key-bindings.ts';
import { texts } from '../texts.ts';
import { getClass } from './class-api.ts';
import { JoinQr, joinAddress } from './join-address.tsx';
import '../styles/handout.css';

type State = { state: 'loading' } | { state: 'loaded'; one: Class } | { state: 'failed'; problem: ApiProblem };

export function HandoutPage() {
  const { value: at } = route;
  const id = at.page === 'handout' ? at.class : 0;
  const shown = useSignal<State>({ state: 'loading' });
  const words = roomTexts.handout;
  const load = () =>
    getClass(id).then(
      (one) => {
        shown.value = { state: 'loaded', one };
      },
      (error) => {
        shown.value = { state: 'failed', problem: asProblem(error) };
      },
    );
  useEffect(() => void load(), []);
  useTitle(words.title);
  const { value } = shown;
  return (
    <>
      <TopBar />
      <main class="handout-page" id="content" tabIndex={-1}>
        <p class="handout-actions no-print">
          <a href={classPath(id)}>{words.back}</a>
          <button type="button" class="button" onClick={() => print()}>
            <Icon name="print" />
            {words.print}
          </button>
        </p>
        {value.state === 'loading' && <Loading shape="page" />}
        {value.state === 'failed' && <ProblemNotice problem={value.problem} onRetry={load} />}
        {value.state === 'loaded' && (
          <>
            {isLoopback(location.hostname) && (
              <p class="notice no-print" role="status">
                {words.onlyHere}
              </p>
            )}
            {value.one.state !== 'open' && <p class="notice no-print">{words.notOpen}</p>}
            <Sheet one={value.one} />
          </>
        )}
      </main>
    </>
  );
}

function Sheet({ one }: { one: Class }) {
  const words = roomTexts.handout;
  const names = texts.terminal.settings.keyNames;
  const [others, macs] = [keyNames(false), keyNames(true)];
  return (
    <article class="handout">
      <h1 translate={false}>{one.name}</h1>
      <section class="handout-join" aria-labelledby="handout-join">
        <div>
          <h2 id="handout-join">{words.join}</h2>
          <ol>
            <li>
              {words.open}{' '}
              <strong class="handout-address" translate={false}>
                {joinAddress()}
              </strong>
            </li>
            <li>
              {words.code}{' '}
              <strong class="class-code" translate={false}>
                {one.code}
              </strong>
            </li>
            <li>{words.name}</li>
          </ol>
          <p>{words.again}</p>
        </div>
        <JoinQr code={one.code} size={160} />
      </section>
      <section aria-labelledby="handout-stuck">
        <h2 id="handout-stuck">{words.stuck}</h2>
        <ul>
          <li>{words.readOn}</li>
          <li>{words.hint({ show: texts.show.button })}</li>
          <li>{words.hangs}</li>
          <li>{words.hand({ raise: roomTexts.hand.raise })}</li>
          <li>{words.anew({ again: texts.lesson.startAgain })}</li>
          <li>{words.wrong({ report: texts.report.button })}</li>
        </ul>
      </section>
      <section aria-labelledby="handout-keys">
        <h2 id="handout-keys">{texts.terminal.settings.keys}</h2>
        <table class="handout-keys">
          <thead>
            <tr>
              <td />
              <th scope="col">{words.windowsAndLinux}</th>
              <th scope="col">{words.mac}</th>
            </tr>
          </thead>
          <tbody>
            {others.map(({ what, keys }) => (
              <tr key={what}>
                <th scope="row">{names[what]}</th>
                <td>
                  <kbd>{inParts(keys)}</kbd>
                </td>
                <td>
                  <kbd>{inParts(macs.find((key) => key.what === what)?.keys ?? '–')}</kbd>
                </td>
              </tr>
            ))}
            {words.shellKeys.map(({ what, keys }) => (
              <tr key={keys}>
                <th scope="row">{what}</th>
                <td>
                  <kbd>{keys}</kbd>
                </td>
                <td>
                  <kbd>{keys}</kbd>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </article>
  );
}

/** On a narrow page they break after a +, and nowhere else. */
const inParts = (keys: string): string => keys.replaceAll('+', '+\u200b');
