// Terminal and map: above each other, or on a narrow page one of the two. The map's code is loaded when it is first shown.

import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Divider } from '../parts/divider.tsx';
import { rememberedShare } from '../parts/divider-position.ts';
import { Icon } from '../parts/icons.tsx';
import { NARROW } from '../parts/split.tsx';
import { TerminalPane } from '../terminal/terminal-pane.tsx';
import { texts } from '../texts.ts';
import { rememberedOpen, rememberOpen } from './map-open.ts';
import type { MapPaneProps } from './map-pane.tsx';

/** Where there is room for it beside lesson and terminal from the start. */
const WIDE = '(min-width: 1400px)';

export function Workplace({ run }: { run: LessonRun }) {
  const host = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const section = useRef<HTMLElement>(null);
  const { open } = run.map;
  const share = useSignal(rememberedShare('map'));
  const pane = useSignal<FunctionComponent<MapPaneProps> | null>(null);
  const missing = useSignal(false);

  useLayoutEffect(() => {
    open.value = rememberedOpen(matchMedia(WIDE).matches) && !matchMedia(NARROW).matches;
  }, [run]);
  useEffect(() => {
    run.firstLink.showMap(open.value);
    if (!open.value || pane.peek()) return;
    import('./map-pane.tsx').then(
      ({ MapPane }) => {
        pane.value = MapPane;
      },
      () => {
        missing.value = true;
      },
    );
  }, [run, open.value]);

  const show = (shown: boolean) => {
    open.value = shown;
    if (!matchMedia(NARROW).matches) rememberOpen(shown);
    // By keys nobody gets past the terminal, and whoever closes it from within has no other place to be.
    requestAnimationFrame(() => (shown ? section.current : toggle.current)?.focus());
  };
  const Pane = pane.value;
  return (
    <div
      ref={host}
      class="workplace"
      data-map={open.value ? 'open' : 'closed'}
      style={{ '--terminal-share': `${share.value}%` }}
    >
      <TerminalPane
        run={run}
        more={
          <button
            ref={toggle}
            type="button"
            class="badge badge-quiet map-toggle"
            aria-expanded={open.value}
            aria-controls="map"
            aria-label={open.value ? texts.map.hide : texts.map.show}
            onClick={() => show(!open.value)}
          >
            <Icon name="map" />
            <span aria-hidden="true">{texts.map.name}</span>
          </button>
        }
      />
      {open.value && (
        <>
          <Divider host={host} arrangement="map" share={share} label={texts.map.divider} controls="terminal" />
          <section ref={section} id="map" class="map-pane" tabIndex={-1} aria-label={texts.map.region}>
            {Pane && <Pane run={run} onClose={() => show(false)} />}
            {missing.value && <p class="map-said">{texts.map.missing}</p>}
          </section>
        </>
      )}
    </div>
  );
}
