// Lesson and terminal beside each other, or stacked on a narrow page, with a divider that pointer and keys move.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { type Arrangement, limits, moveByKey, rememberedShare, rememberShare, within } from './divider-position.ts';

export const NARROW = '(max-width: 760px)';
const arrangementNow = (): Arrangement => (matchMedia(NARROW).matches ? 'stacked' : 'beside');

export function Split({ lesson, terminal }: { lesson: ComponentChildren; terminal: ComponentChildren }) {
  const host = useRef<HTMLElement>(null);
  const arrangement = useSignal(arrangementNow());
  const share = useSignal(rememberedShare(arrangement.peek()));

  useEffect(() => {
    const query = matchMedia(NARROW);
    const onChange = () => {
      arrangement.value = arrangementNow();
      share.value = rememberedShare(arrangement.value);
    };
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);

  const moveTo = (event: PointerEvent) => {
    const box = host.current?.getBoundingClientRect();
    if (!box) return;
    const part =
      arrangement.value === 'beside' ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height;
    share.value = within(part * 100, limits[arrangement.value]);
  };
  const { least, most } = limits[arrangement.value];

  return (
    <main ref={host} class="split" style={{ '--share': `${share.value}%` }}>
      {lesson}
      {/* biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget, which <hr> is not */}
      <div
        class="divider"
        role="separator"
        tabIndex={0}
        aria-label={texts.divider}
        aria-controls="lesson"
        aria-orientation={arrangement.value === 'beside' ? 'vertical' : 'horizontal'}
        aria-valuemin={least}
        aria-valuemax={most}
        aria-valuenow={Math.round(share.value)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          event.preventDefault();
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moveTo(event)}
        onLostPointerCapture={() => rememberShare(arrangement.value, share.value)}
        onDblClick={() => {
          share.value = limits[arrangement.value].first;
          rememberShare(arrangement.value, share.value);
        }}
        onKeyDown={(event) => {
          const moved = moveByKey(event.key, share.value, arrangement.value);
          if (moved === null) return;
          event.preventDefault();
          share.value = moved;
          rememberShare(arrangement.value, moved);
        }}
      />
      {terminal}
    </main>
  );
}
