// A line between two parts of the page that pointer and keys move. Enter, or drawing it far enough, puts one of them away; a
// double click brings it back to its first place.

import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { type Between, drawnAway, limits, moveByKey, rememberShare, within } from './divider-position.ts';

type Props = {
  /** Holds both parts. */
  host: RefObject<HTMLElement | null>;
  between: Between;
  /** Of the first part, in percent. */
  share: Signal<number>;
  label: string;
  /** The id of the part that can be put away. */
  controls: string;
  foldable: 'first' | 'second';
  folded: boolean;
  onFold: (folded: boolean) => void;
};

export function Divider({ host, between, share, label, controls, foldable, folded, onFold }: Props) {
  const { least, most, first, axis } = limits[between];
  const moveTo = (event: PointerEvent) => {
    const box = host.current?.getBoundingClientRect();
    if (!box) return;
    const part = 100 * (axis === 'x' ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height);
    const away = drawnAway(part, between) === foldable;
    if (away !== folded) onFold(away);
    if (!away) share.value = within(part, limits[between]);
  };
  const settle = (to: number) => {
    share.value = to;
    rememberShare(between, to);
    if (folded) onFold(false);
  };
  return (
    /* biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget, which <hr> is not */
    <div
      class="divider"
      data-axis={axis}
      data-folded={folded}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={folded ? (foldable === 'first' ? 0 : 100) : Math.round(share.value)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moveTo(event)}
      onLostPointerCapture={() => rememberShare(between, share.value)}
      onDblClick={() => settle(first)}
      onKeyDown={(event) => {
        const moved = moveByKey(event.key, folded ? least : share.value, between);
        if (moved === null && event.key !== 'Enter') return;
        event.preventDefault();
        if (moved === null) onFold(!folded);
        else settle(within(moved, { ...limits[between], least, most }));
      }}
    />
  );
}
