// A push or pull on its way: one lane a layer, from the engine on the left to the registry on the right, or back.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.ts';
import { nameParts } from './names.ts';
import type { LayerState, Transfer } from './transfer.ts';

const words = texts.map.transfer;
const MOST = 8;
/** How long the lanes of what has ended stay. */
const STAY_MS = 4_000;

type Props = {
  transfer: Transfer;
  /** The number of a layer's colour, by the 12 digits that docker shows; null where nobody knows it yet. */
  hueOf: (id: string) => number | null;
};

export function TransferStrip({ transfer, hueOf }: Props) {
  const { verb, name, layers, state } = transfer;
  const isDone = state === 'done';
  const isOver = useSignal(false);
  useEffect(() => {
    isOver.value = false;
    if (state === 'going') return;
    const timer = setTimeout(() => {
      isOver.value = true;
    }, STAY_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const there = layers.filter(({ layer }) => layer.state === 'exists' || layer.state === 'mounted').length;
  const moved = layers.filter(({ layer }) => layer.state === 'done').length;
  const title = state === 'failed' ? words.failed({ name }) : titleOf(verb, name, isDone);
  const { host } = nameParts(name);
  return (
    <div class="map-transfer" data-verb={verb} data-state={state}>
      <p class="map-transfer-title">
        <strong>{title}</strong>
        {isDone && layers.length > 0 && <span class="map-soft">{words.summary({ moved, there })}</span>}
      </p>
      {layers.length > 0 && !isOver.value && (
        <>
          <div class="map-lane map-lane-ends" aria-hidden="true">
            <span />
            <span class="map-lane-ends-names">
              <span>{words.engine}</span>
              <span>{host ? host.slice(0, -1) : texts.map.hub}</span>
            </span>
            <span />
          </div>
          <ul class="map-lanes">
            {layers.slice(0, MOST).map(({ id, layer }) => {
              const hue = hueOf(id);
              return (
                <li
                  key={id}
                  class="map-lane"
                  data-layer={layer.state}
                  style={{
                    '--layer': hue === null ? 'var(--edge)' : `var(--layer-${hue})`,
                    '--at': placeOf(layer, verb),
                  }}
                >
                  <code>{id}</code>
                  <span class="map-track" aria-hidden="true">
                    <span class="map-parcel" />
                  </span>
                  <span class="map-soft">{layerText(layer, verb)}</span>
                </li>
              );
            })}
          </ul>
          {layers.length > MOST && <p class="map-soft">{words.more({ n: layers.length - MOST })}</p>}
        </>
      )}
    </div>
  );
}

function titleOf(verb: Transfer['verb'], name: string, isDone: boolean): string {
  if (verb === 'push') return isDone ? words.pushed({ name }) : words.push({ name });
  return isDone ? words.pulled({ name }) : words.pull({ name });
}

/** 0 is the engine, 1 the registry. */
function placeOf(layer: LayerState, verb: Transfer['verb']): number {
  const share = layer.state === 'waiting' ? 0 : layer.state === 'moving' ? layer.share : 1;
  return verb === 'push' ? share : 1 - share;
}

function layerText(layer: LayerState, verb: Transfer['verb']): string {
  if (layer.state === 'moving') return layer.text;
  if (layer.state === 'mounted') return words.mounted({ from: layer.from });
  if (layer.state === 'exists') return words.exists[verb];
  if (layer.state === 'done') return words.done[verb];
  return layer.state === 'unpacking' ? words.unpacking : words.waiting;
}
