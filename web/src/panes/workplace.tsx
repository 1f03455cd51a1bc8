// Terminal and map: the map below the terminal, beside it, or in its place. Its code is loaded when it is first shown.

import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiProblem } from '../api.ts';
import type { LessonRun } from '../lesson/lesson-run.ts';
import type { MapPaneProps } from '../map/map-pane.tsx';
import { Icon } from '../parts/icons.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TerminalPane } from '../terminal/terminal-pane.tsx';
import { texts } from '../texts.ts';
import { Divider } from './divider.tsx';
import { besideMap } from './divider-position.ts';
import { useShare } from './use-share.ts';

/** What the map waits for the terminal at most. */
const MAP_WITHIN_MS = 1_500;

export function Workplace({ run }: { run: LessonRun }) {
  const host = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const section = useRef<HTMLElement>(null);
  const { panes } = run;
  const place = panes.arrangement.value;
  const shown = panes.mapShown.value;
  const between = besideMap(place);
  const share = useShare(between);
  const pane = useSignal<FunctionComponent<MapPaneProps> | null>(null);
  const missing = useSignal(false);

  const turn = useTurn(run);
  useEffect(() => {
    if (turn) run.firstLink.showMap(shown);
  }, [run, turn, shown]);
  useEffect(() => {
    if (!turn || !shown || pane.peek()) return;
    import('../map/map-pane.tsx').then(
      ({ MapPane }) => {
        pane.value = MapPane;
      },
      () => {
        missing.value = true;
      },
    );
  }, [turn, shown]);

  const show = (map: boolean) => {
    if (map) panes.show('map');
    else panes.hide('map');
    // By keys nobody gets past the terminal, and whoever closes it from within has no other place to be.
    requestAnimationFrame(() => (map ? section.current : toggle.current)?.focus());
  };
  const Pane = pane.value;
  return (
    <div
      ref={host}
      class="workplace"
      data-place={place.map}
      data-map={shown ? 'shown' : 'away'}
      data-terminal-pane={panes.terminalShown.value ? 'shown' : 'away'}
      style={{ '--terminal-share': `${share.value}%` }}
    >
      <TerminalPane
        run={run}
        more={
          place.lesson !== 'tabs' && (
            <button
              ref={toggle}
              type="button"
              class="badge badge-quiet map-toggle"
              aria-expanded={shown}
              aria-controls={shown ? 'map' : undefined}
              aria-label={shown ? texts.map.hide : texts.map.show}
              onClick={() => show(!shown)}
            >
              <Icon name="map" />
              <span aria-hidden="true">{texts.map.name}</span>
            </button>
          )
        }
      />
      {shown && place.map !== 'tab' && (
        <Divider
          host={host}
          between={between}
          share={share}
          label={texts.map.divider}
          controls="map"
          foldable="second"
          folded={false}
          onFold={(folded) => folded && show(false)}
        />
      )}
      {shown && (
        <section ref={section} id="map" class="map-pane" tabIndex={-1} aria-label={texts.map.region}>
          {Pane && <Pane run={run} onClose={() => show(false)} />}
          {missing.value && <MapMissing />}
        </section>
      )}
    </div>
  );
}

function MapMissing() {
  const problem = new ApiProblem('map-missing', texts.map.missing, texts.map.missingNext);
  return <ProblemNotice problem={problem} onRetry={() => location.reload()} retryLabel={texts.reload} />;
}

/** Whether it is the map's turn: the terminal, which is needed first, is there or takes its time. */
function useTurn(run: LessonRun): boolean {
  const late = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      late.value = true;
    }, MAP_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [run]);
  return late.value || run.firstLink.state.value.state === 'ready';
}
