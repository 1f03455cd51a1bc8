// The map: engine on the left, registry on the right, the practice Docker Hub above, what moves and what changed below.

import '../styles/map-styles.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';
import { Details } from './details.tsx';
import { ghostsOf } from './ghosts.ts';
import { LayerMemory } from './layers.ts';
import { layoutOf, type MapLayout, matches } from './layout.ts';
import { MapFoot } from './map-foot.tsx';
import { useGliding } from './motion.ts';
import { useRoving } from './roving.ts';
import { EngineSide, HubStrip, RegistrySide } from './sides.tsx';
import { Tables } from './tables.tsx';
import { MapFocus, MapFocusProvider, useMap } from './use-map.ts';
import { Wires } from './wires.tsx';

export type MapPaneProps = { run: LessonRun; onClose: () => void };

export function MapPane({ run, onClose }: MapPaneProps) {
  const focus = useMemo(() => new MapFocus(), [run]);
  const memory = useMemo(() => new LayerMemory(), [run]);
  const ghosts = useMemo(() => ghostsOf(run.map), [run]);
  useEffect(() => ghosts.stop, [ghosts]);
  const filter = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const isTables = run.map.asTables;
  const picture = run.map.step.value?.now ?? null;
  const isLost = run.link.state.value.state !== 'ready';
  const layout = useMemo(
    () => (picture ? layoutOf(picture, memory, ghosts.gone.value) : null),
    [picture, memory, ghosts.gone.value],
  );
  const shown = layout && filtered(layout, filter.value);
  return (
    <MapFocusProvider value={focus}>
      <header class="map-bar">
        <h2>{texts.map.name}</h2>
        <input
          ref={field}
          type="search"
          class="map-filter"
          placeholder={texts.map.filter}
          aria-label={texts.map.filterLabel}
          value={filter.value}
          onInput={({ currentTarget }) => {
            filter.value = currentTarget.value;
          }}
        />
        <fieldset class="map-views">
          <legend class="visually-hidden">{texts.map.view}</legend>
          {[false, true].map((tables) => (
            <button
              key={String(tables)}
              type="button"
              aria-pressed={isTables.value === tables}
              onClick={() => {
                isTables.value = tables;
              }}
            >
              {tables ? texts.map.asTables : texts.map.asPicture}
            </button>
          ))}
        </fieldset>
        <button type="button" class="icon-button" aria-label={texts.map.what} popovertarget="map-legend">
          <Icon name="question" />
        </button>
        <button type="button" class="button map-back" onClick={onClose}>
          {texts.map.toTerminal}
        </button>
        <button type="button" class="icon-button" aria-label={texts.map.hide} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </header>
      <Legend />
      <div class="map-body" data-lost={isLost}>
        {!shown && (
          <p class="map-said" role="status">
            {awaited(run)}
          </p>
        )}
        {shown && isTables.value && <Tables layout={shown} />}
        {shown && !isTables.value && (
          <Picture
            layout={shown}
            isFiltered={filter.value.trim() !== ''}
            onUnfilter={() => {
              filter.value = '';
              field.current?.focus();
            }}
          />
        )}
        {picture && <Details picture={picture} />}
      </div>
      <MapFoot run={run} memory={memory} isLost={isLost && picture !== null} />
    </MapFocusProvider>
  );
}

/** Before there is a picture. */
function awaited(run: LessonRun): string {
  const setup = run.setup.value;
  const hasNone = run.session.value?.time?.state === 'ended' || setup?.state === 'waiting';
  if (hasNone || run.opening.value.state === 'failed') return texts.map.noComputer;
  return run.link.state.value.state === 'ready' ? texts.map.loading : texts.terminal.connecting;
}

type PictureProps = { layout: MapLayout; isFiltered: boolean; onUnfilter: () => void };

function Picture({ layout, isFiltered, onUnfilter }: PictureProps) {
  const host = useRef<HTMLDivElement>(null);
  const focus = useMap();
  useGliding(host, layout);
  useRoving(host);
  const count = [...layout.images, ...layout.registries.flatMap(({ groups }) => groups)].reduce(
    (sum, { cards }) => sum + cards.length,
    0,
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of things to walk through, not of form fields
    <div class="map-scroll" role="group" aria-label={texts.map.asPicture} aria-describedby="map-keys">
      <span id="map-keys" class="visually-hidden">
        {texts.map.keys}
      </span>
      {isFiltered && count === 0 && (
        <>
          <p class="map-said" role="status">
            {texts.map.nothingFits}
          </p>
          <button type="button" class="button" onClick={onUnfilter}>
            {texts.map.clearFilter}
          </button>
        </>
      )}
      <div ref={host} class="map-picture" data-compact={count > 24}>
        {layout.hub && <HubStrip view={layout.hub} layout={layout} />}
        <div class="map-sides">
          <EngineSide layout={layout} />
          {layout.registries.map((view) => (
            <RegistrySide key={view.registry.host} view={view} />
          ))}
        </div>
        <Wires host={host} wires={layout.wires} lit={focus.lit.value} />
      </div>
    </div>
  );
}

function Legend() {
  const { heading, lines } = texts.map.legend;
  return (
    <div id="map-legend" class="popover map-legend" popover="auto">
      <h2>{heading}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function filtered(layout: MapLayout, words: string): MapLayout {
  if (words.trim() === '') return layout;
  return {
    ...layout,
    images: layout.images
      .map((group) => ({ ...group, cards: group.cards.filter((card) => matches(words, card)) }))
      .filter(({ cards }) => cards.length > 0),
    registries: layout.registries.map((view) => ({
      ...view,
      groups: view.groups
        .map((group) => ({ ...group, cards: group.cards.filter((card) => matches(words, card)) }))
        .filter(({ cards }) => cards.length > 0),
    })),
  };
}
