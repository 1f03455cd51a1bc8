// Lesson and terminal beside each other, or stacked on a narrow page, with a divider that pointer and keys move.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { Divider } from './divider.tsx';
import { type Arrangement, rememberedShare } from './divider-position.ts';

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

  return (
    <main ref={host} class="split" style={{ '--share': `${share.value}%` }}>
      {lesson}
      <Divider
        host={host}
        arrangement={arrangement.value}
        share={share}
        label={texts.lesson.divider}
        controls="lesson"
      />
      {terminal}
    </main>
  );
}
