// A line between two parts of the page that pointer and keys move; a double click brings it back.

import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { type Arrangement, limits, moveByKey, rememberShare, within } from './divider-position.ts';

type Props = {
  /** Holds both parts. */
  host: RefObject<HTMLElement | null>;
  arrangement: Arrangement;
  /** Of the first part, in percent. */
  share: Signal<number>;
  label: string;
  /** The id of the first part. */
  controls: string;
};

export function Divider({ host, arrangement, share, label, controls }: Props) {
  const { least, most, first } = limits[arrangement];
  const isVertical = arrangement === 'beside';
  const moveTo = (event: PointerEvent) => {
    const box = host.current?.getBoundingClientRect();
    if (!box) return;
    const part = isVertical ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height;
    share.value = within(part * 100, limits[arrangement]);
  };
  const settle = (to: number) => {
    share.value = to;
    rememberShare(arrangement, to);
  };
  return (
    /* biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget, which <hr> is not */
    <div
      class="divider"
      data-between={isVertical ? 'columns' : 'rows'}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation={isVertical ? 'vertical' : 'horizontal'}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={Math.round(share.value)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moveTo(event)}
      onLostPointerCapture={() => rememberShare(arrangement, share.value)}
      onDblClick={() => settle(first)}
      onKeyDown={(event) => {
        const moved = moveByKey(event.key, share.value, arrangement);
        if (moved === null) return;
        event.preventDefault();
        settle(moved);
      }}
    />
  );
}
