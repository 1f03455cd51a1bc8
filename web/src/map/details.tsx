// What is known of the chosen thing: one sentence of what it is, its facts, what can be copied, and its real JSON.

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { MapPicture, RawAnswer } from '../../../protocol/map.ts';
import { asProblem, getMapRaw } from '../api.ts';
import { Explained } from '../parts/explained.tsx';
import { Icon } from '../parts/icons.tsx';
import { copyText } from '../terminal/clipboard.ts';
import { texts } from '../texts.ts';
import { type FactValue, itemOf } from './items.ts';
import { useMap } from './use-map.ts';

/** Facts with more than this are cut, with a count. */
const MOST_VALUES = 40;

export function Details({ picture }: { picture: MapPicture }) {
  const map = useMap();
  const heading = useRef<HTMLHeadingElement>(null);
  const note = useSignal('');
  const key = map.chosen.value;
  const item = key === null ? null : itemOf(key, picture);

  useLayoutEffect(() => {
    note.value = '';
    if (key !== null) heading.current?.focus();
  }, [key]);
  useEffect(() => {
    // What is no longer there has nothing to tell.
    if (key !== null && !item) map.close();
  });
  if (key === null || !item) return null;

  const copy = async (text: string) => {
    note.value = (await copyText(text)) ? texts.map.copied : texts.command.notCopiedText;
  };
  return (
    <aside
      class="map-details"
      aria-label={texts.map.details}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        map.close();
      }}
    >
      <header>
        <div>
          <p class="map-kind">{texts.map.kinds[item.kind]}</p>
          <h3 ref={heading} tabIndex={-1} translate={item.kind === 'engine'}>
            {item.title}
          </h3>
        </div>
        <button type="button" class="icon-button" aria-label={texts.map.close} onClick={() => map.close()}>
          <Icon name="cross" />
        </button>
      </header>
      <p class="map-what">
        <Explained text={texts.map.whatIs[item.kind]} />
      </p>
      <dl>
        {item.facts.map(({ label, values }) => (
          <div key={label}>
            <dt>{label}</dt>
            <Values values={values} />
          </div>
        ))}
      </dl>
      <div class="map-actions">
        {item.copies.map(({ label, text }) => (
          <button key={label} type="button" class="button" onClick={() => void copy(text)}>
            {label}
          </button>
        ))}
      </div>
      <p class="map-copied" role="status">
        {note.value}
      </p>
      {item.rawKey !== null && <Raw key={item.rawKey} rawKey={item.rawKey} onCopy={copy} />}
    </aside>
  );
}

function Values({ values }: { values: readonly FactValue[] }) {
  const map = useMap();
  if (values.length === 0) return <dd class="map-soft">{texts.map.facts.none}</dd>;
  return (
    <>
      {values.slice(0, MOST_VALUES).map(({ text, item }, at) => (
        <dd key={at} translate={false}>
          {item === undefined ? (
            text
          ) : (
            <button type="button" class="map-link" onClick={(event) => map.choose(item, event.currentTarget)}>
              {text}
            </button>
          )}
        </dd>
      ))}
      {values.length > MOST_VALUES && <dd class="map-soft">{texts.map.more({ n: values.length - MOST_VALUES })}</dd>}
    </>
  );
}

type RawState =
  | { state: 'closed' }
  | { state: 'asking' }
  | { state: 'there'; raw: RawAnswer }
  | { state: 'failed'; text: string };

function Raw({ rawKey, onCopy }: { rawKey: string; onCopy: (text: string) => unknown }) {
  const shown = useSignal<RawState>({ state: 'closed' });
  const ask = async () => {
    shown.value = { state: 'asking' };
    try {
      shown.value = { state: 'there', raw: await getMapRaw(rawKey) };
    } catch (error) {
      const { message, next } = asProblem(error);
      shown.value = { state: 'failed', text: `${message} ${next}` };
    }
  };
  const { value } = shown;
  const isOpen = value.state !== 'closed';
  return (
    <div class="map-raw">
      <button
        type="button"
        class="button"
        aria-expanded={isOpen}
        onClick={() => {
          if (isOpen) shown.value = { state: 'closed' };
          else void ask();
        }}
      >
        {isOpen ? texts.map.hideJson : texts.map.seeJson}
      </button>
      {value.state === 'asking' && <p role="status">{texts.loading}</p>}
      {value.state === 'failed' && <p role="status">{value.text}</p>}
      {value.state === 'there' && (
        <>
          {value.raw.commands.length > 0 && <p class="map-soft">{texts.map.givenBy}</p>}
          {value.raw.commands.map((command) => (
            <div key={command} class="map-command">
              <code>{command}</code>
              <button
                type="button"
                class="quiet-button"
                aria-label={texts.command.copyLabel({ command })}
                onClick={() => onCopy(command)}
              >
                {texts.command.copy}
              </button>
            </div>
          ))}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <pre tabIndex={0}>{value.raw.body === null ? texts.map.noBody : readable(value.raw.body)}</pre>
        </>
      )}
    </div>
  );
}

/** Indented where it came on one line; what is no JSON stays as it is. */
function readable(body: string): string {
  if (body.trim().includes('\n')) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
