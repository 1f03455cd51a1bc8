// Things to put in order: by two buttons each, by the arrow keys on them, or dragged.

import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icons.tsx';
import { plainText, RichText } from '../parts/rich-text.tsx';
import { texts } from '../texts.ts';
import { moved } from './draft.ts';

type Props = { items: string[]; order: number[]; labelledBy: string; onChange: (order: number[]) => void };

export function OrderField({ items, order, labelledBy, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const dragged = useSignal<number | null>(null);
  const said = useSignal('');
  const focused = useRef<string | null>(null);

  useLayoutEffect(() => {
    // A row that changes its place in the document loses the focus.
    if (focused.current) list.current?.querySelector<HTMLElement>(focused.current)?.focus();
    focused.current = null;
  }, [order]);

  const move = (item: number, to: number) => {
    const from = order.indexOf(item);
    if (from === to || to < 0 || to >= order.length) return;
    onChange(moved(order, from, to));
    said.value = texts.quiz.position({ what: plainText(items[item] ?? ''), n: to + 1, m: order.length });
  };
  const moveByButton = (item: number, by: -1 | 1) => {
    focused.current = `[data-item="${item}"] .move-${by < 0 ? 'up' : 'down'}`;
    move(item, order.indexOf(item) + by);
  };
  const onKeyDown = (event: KeyboardEvent, item: number) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    moveByButton(item, event.key === 'ArrowUp' ? -1 : 1);
  };
  const onPointerDown = (event: PointerEvent) => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-item]');
    if (!row || target.closest('button') || event.button !== 0) return;
    // A finger elsewhere on the row scrolls.
    if (event.pointerType !== 'mouse' && !target.closest('.order-grip')) return;
    event.preventDefault();
    // The list keeps the pointer: its rows change places meanwhile.
    list.current?.setPointerCapture(event.pointerId);
    dragged.value = Number(row.dataset.item);
  };
  const onPointerMove = (event: PointerEvent) => {
    const item = dragged.peek();
    if (item === null || !list.current) return;
    const others = [...list.current.querySelectorAll<HTMLElement>('[data-item]')].filter(
      (row) => row.dataset.item !== String(item),
    );
    const above = others.filter((row) => {
      const box = row.getBoundingClientRect();
      return box.top + box.height / 2 < event.clientY;
    });
    move(item, above.length);
  };

  return (
    <>
      <ol
        ref={list}
        class="order"
        aria-labelledby={labelledBy}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onLostPointerCapture={() => {
          dragged.value = null;
        }}
      >
        {order.map((item, at) => {
          const name = plainText(items[item] ?? '');
          return (
            <li key={item} class="order-row" data-item={item} data-dragged={dragged.value === item}>
              <span class="order-grip">
                <Icon name="grip" />
              </span>
              <RichText html={items[item] ?? ''} />
              <span class="order-buttons">
                <button
                  type="button"
                  class="icon-button move-up"
                  aria-label={texts.quiz.moveUp({ what: name })}
                  aria-disabled={at === 0}
                  onClick={() => moveByButton(item, -1)}
                  onKeyDown={(event) => onKeyDown(event, item)}
                >
                  <Icon name="up" />
                </button>
                <button
                  type="button"
                  class="icon-button move-down"
                  aria-label={texts.quiz.moveDown({ what: name })}
                  aria-disabled={at === order.length - 1}
                  onClick={() => moveByButton(item, 1)}
                  onKeyDown={(event) => onKeyDown(event, item)}
                >
                  <Icon name="down" />
                </button>
              </span>
            </li>
          );
        })}
      </ol>
      <span class="visually-hidden" aria-live="polite">
        {said.value}
      </span>
    </>
  );
}
