// Puts a list of names into a class: pasted or from a file; afterwards each one's link, to be printed and handed out.

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { type Listed, MAX_LISTED_NAMES } from '../../../protocol/learners.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { Icon } from '../parts/icons.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { listNames } from './class-api.ts';
import { namesIn } from './names-in.ts';

/** Many more than the names of a class take. */
const MAX_FILE_BYTES = 256 * 1024;

export function NameList({ id }: { id: number }) {
  const text = useSignal('');
  const listed = useSignal<Listed | null>(null);
  const problem = useSignal<ApiProblem | null>(null);
  const fileIsTooLarge = useSignal(false);
  const busy = useSignal(false);
  const field = useId();
  const words = roomTexts.list;
  const names = namesIn(text.value);
  const read = async (file: File | undefined) => {
    if (!file) return;
    fileIsTooLarge.value = file.size > MAX_FILE_BYTES;
    if (!fileIsTooLarge.peek()) text.value = namesIn(await file.text()).join('\n');
  };
  const send = async () => {
    busy.value = true;
    problem.value = null;
    try {
      listed.value = await listNames(id, names);
      text.value = '';
    } catch (error) {
      problem.value = asProblem(error);
    }
    busy.value = false;
  };
  return (
    <section aria-labelledby="name-list">
      <h2 id="name-list">{words.heading}</h2>
      <div class="name-list no-print">
        <p>{words.intro}</p>
        <label for={field}>{words.names}</label>
        <textarea
          id={field}
          class="text-field"
          rows={6}
          spellcheck={false}
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
        <label class="name-file">
          {words.file}{' '}
          <input
            type="file"
            accept=".txt,.csv,text/plain,text/csv"
            onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
          />
        </label>
        <p role="status">
          {names.length > MAX_LISTED_NAMES
            ? words.tooMany({ n: MAX_LISTED_NAMES })
            : fileIsTooLarge.value
              ? words.tooLarge
              : words.count({ n: names.length })}
        </p>
        <button
          type="button"
          class="button button-main"
          disabled={busy.value || names.length === 0 || names.length > MAX_LISTED_NAMES}
          onClick={() => void send()}
        >
          {words.add}
        </button>
        {problem.value && <ProblemNotice problem={problem.value} />}
      </div>
      {listed.value && <Links listed={listed.value} />}
    </section>
  );
}

function Links({ listed: { added, refused } }: { listed: Listed }) {
  const words = roomTexts.list;
  return (
    <>
      {added.length > 0 && (
        <div class="handed-links">
          <h3>{words.added({ n: added.length })}</h3>
          <p class="no-print">{words.once}</p>
          <button type="button" class="button no-print" onClick={() => print()}>
            <Icon name="print" />
            {words.print}
          </button>
          <dl>
            {added.map(({ name, returnPath }) => (
              <div key={returnPath}>
                <dt translate={false}>{name}</dt>
                <dd>
                  <code>{location.origin + returnPath}</code>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {refused.length > 0 && (
        <div class="no-print">
          <h3>{words.refused}</h3>
          <ul>
            {refused.map(({ name, why }) => (
              <li key={name}>
                <span translate={false}>{name}</span>: {words.why[why]}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
