// One card: labels that hang on it, what it is, and its stack of layers on the side that faces the other store.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { decimalBytes } from '../amounts.ts';
import { texts } from '../texts.ts';
import { portText } from './items.ts';
import type { ImageView, LabelView, LayerView, ManifestView } from './layout.ts';
import { shortDigest } from './names.ts';
import { useMap } from './use-map.ts';

const MOST_LABELS = 8;

export function ImageCard({ view }: { view: ImageView }) {
  const { image, labels, layers, containers } = view;
  return (
    <Card view={view} side="engine" isDashed={labels.length === 0}>
      <Head item={view.key} word={texts.map.image} id={shortDigest(image.id)} />
      <p class="map-note">
        {decimalBytes(image.bytes)}
        {layers.length > 0 && ` · ${texts.map.layers({ n: layers.length })}`}
      </p>
      {containers.length > 0 && (
        <ul class="map-containers">
          {containers.map(({ id, name, state, ports }) => (
            <li key={id}>
              <Item item={`container ${id}`} class="map-container" data-state={state}>
                <span class="map-lamp" aria-hidden="true" />
                <span class="map-container-name" translate={false}>
                  {name}
                </span>
                <span class={state === 'running' ? 'visually-hidden' : 'map-soft'} translate={false}>
                  {state}
                </span>
                <span class="map-soft">{ports.map((one) => portText(one)).join(', ')}</span>
              </Item>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function ManifestCard({ view }: { view: ManifestView }) {
  const { manifest, labels, layers, isPlatform } = view;
  const { digest, config, platforms, state, odd } = manifest;
  const isDeleted = state === 'deleted';
  const isLoose = view.key.startsWith('loose ');
  if (isLoose) {
    const word = manifest.host === 'docker.io' ? texts.map.notPulled : texts.map.oddTag;
    return (
      <Card view={view} side="registry" isDashed>
        <p class="map-note">
          {word} {digest && <code>{shortDigest(digest)}</code>}
        </p>
      </Card>
    );
  }
  const left = isDeleted ? [config, ...manifest.layers].filter((blob) => blob?.served).length : 0;
  const bytes = layers.reduce((sum, layer) => sum + (layer.bytes ?? 0), config?.bytes ?? 0);
  const word = isDeleted ? texts.map.deleted : platforms.length > 0 ? texts.map.list : texts.map.manifest;
  return (
    <Card view={view} side="registry" isDashed={isDeleted || (labels.length === 0 && !isPlatform)}>
      <Head item={view.key} word={word} id={shortDigest(digest)} />
      {isDeleted && <p class="map-note map-waits">{texts.map.waits({ n: left })}</p>}
      {odd !== null && <p class="map-note map-waits">{odd}</p>}
      {config && !isDeleted && (
        <p class="map-note">
          <Item item={`config ${view.key}`} class="map-config">
            {texts.map.config} <code>{shortDigest(config.digest)}</code>
          </Item>
          <span>
            {decimalBytes(bytes)} · {texts.map.layers({ n: layers.length })}
          </span>
        </p>
      )}
      {platforms.length > 0 && (
        <ul class="map-platforms">
          {platforms.map((one) => (
            <li key={one.digest} translate={false}>
              <span>{one.platform}</span> <code>{shortDigest(one.digest)}</code>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

type CardProps = {
  view: ImageView | ManifestView;
  side: 'engine' | 'registry';
  /** Nothing refers to it. */
  isDashed: boolean;
  children: ComponentChildren;
};

function Card({ view, side, isDashed, children }: CardProps) {
  const { key, labels, layers, isGhost } = view;
  const map = useMap();
  const isLit = map.lit.value === key;
  const platform = 'isPlatform' in view && view.isPlatform;
  return (
    <li
      class="map-card"
      data-card={key}
      data-side={side}
      data-ghost={isGhost}
      data-dashed={isDashed}
      data-lit={isLit}
      data-platform={platform}
      onPointerEnter={() => map.light(key)}
      onPointerLeave={() => map.light(null)}
      onFocusCapture={() => map.light(key)}
      onBlurCapture={() => map.light(null)}
    >
      <Labels labels={labels} />
      <div class="map-crate">
        <div class="map-words">{children}</div>
        <Stack layers={layers} />
      </div>
    </li>
  );
}

function Labels({ labels }: { labels: readonly LabelView[] }) {
  const all = useSignal(false);
  const shown = all.value || labels.length <= MOST_LABELS + 1 ? labels : labels.slice(0, MOST_LABELS);
  if (labels.length === 0) {
    return (
      <div class="map-labels">
        <span class="map-untagged">{texts.map.noTag}</span>
      </div>
    );
  }
  return (
    <div class="map-labels">
      {shown.map(({ key, host, text, isGhost }, at) => {
        const isBrief = labels.length > 3 && at > 0 && sameRepository(labels[at - 1], host, text);
        return (
          <Item
            key={key}
            item={key}
            class="map-label"
            translate={false}
            data-ghost={isGhost}
            aria-label={isBrief ? host + text : undefined}
          >
            {host && !isBrief && <span class="map-host">{host}</span>}
            <span class="map-name">{isBrief ? text.slice(text.lastIndexOf(':')) : text}</span>
          </Item>
        );
      })}
      {labels.length > MOST_LABELS + 1 && (
        <button
          type="button"
          class="map-more"
          onClick={() => {
            all.value = !all.value;
          }}
        >
          {all.value ? texts.map.fewer : texts.map.moreLabels({ n: labels.length - MOST_LABELS })}
        </button>
      )}
    </div>
  );
}

/** Of many names of one repository, only the first is written out. */
function sameRepository(before: LabelView | undefined, host: string, text: string): boolean {
  const colon = text.lastIndexOf(':');
  return colon > 0 && before?.host === host && before.text.startsWith(text.slice(0, colon + 1));
}

function Head({ item, word, id }: { item: string; word: string; id: string }) {
  return (
    <Item item={item} class="map-head">
      <span class="map-word">{word}</span> <code>{id}</code>
    </Item>
  );
}

function Stack({ layers }: { layers: readonly LayerView[] }) {
  const map = useMap();
  if (layers.length === 0) return null;
  return (
    <div class="map-stack" data-end data-many={layers.length > 8}>
      {layers.map((layer, at) => {
        const name = layer.diffId ?? layer.digest ?? '';
        return (
          <Item
            key={layer.key}
            item={layer.key}
            class="map-layer"
            style={{ '--layer': layer.hue === null ? 'var(--edge)' : `var(--layer-${layer.hue})` }}
            aria-label={texts.map.layerLabel({
              at: at + 1,
              all: layers.length,
              id: shortDigest(name),
              shared: layer.isShared,
            })}
            data-shared={layer.isShared}
            data-served={layer.isServed}
            data-lit={map.litLayer.value !== null && map.litLayer.value === layer.diffId}
            onPointerEnter={() => map.lightLayer(layer.diffId)}
            onPointerLeave={() => map.lightLayer(null)}
            onFocus={() => map.lightLayer(layer.diffId)}
            onBlur={() => map.lightLayer(null)}
          />
        );
      })}
    </div>
  );
}

type ItemProps = { item: string; class: string; children?: ComponentChildren; [attribute: string]: unknown };

/** Something of the map that takes focus and opens its details. */
export function Item({ item, children, ...rest }: ItemProps) {
  const map = useMap();
  return (
    <button
      type="button"
      {...rest}
      data-item={item}
      aria-expanded={map.chosen.value === item}
      onClick={(event: MouseEvent) => map.choose(item, event.currentTarget as HTMLElement)}
    >
      {children}
    </button>
  );
}
