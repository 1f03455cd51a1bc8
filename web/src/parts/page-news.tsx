// Says aloud the name of a page that has come in place of another: without a load, no screen reader tells it.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { route } from '../router.ts';
import { texts } from '../texts.ts';
import { pageName } from './title.ts';

/** The page that came has given its name by then. */
const SETTLED_MS = 150;

export function PageNews() {
  /** The one that needs no word, or has had it: at first the page that was loaded. */
  const told = useRef(route.peek());
  const now = route.value;
  const name = pageName.value;
  const said = useSignal<typeof name | null>(null);
  useEffect(() => {
    if (told.current === now) return;
    said.value = null;
    const timer = setTimeout(() => {
      if (name.text === texts.name && now.page === 'lesson') return;
      told.current = now;
      said.value = name;
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [now, name]);
  return (
    <p class="visually-hidden" role="status" lang={said.value?.language}>
      {said.value?.text}
    </p>
  );
}
