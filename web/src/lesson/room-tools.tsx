// What a learner of a class has beside the lesson, loaded once it is known that there is a class.

import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { here } from '../people/here.ts';

export function RoomTools() {
  const tools = useSignal<FunctionComponent | null>(null);
  const isInClass = Boolean(here.value?.me?.class);
  useEffect(() => {
    if (!isInClass) return;
    Promise.all([import('../wall/room-bar.tsx'), import('../room-texts.ts').then((it) => it.speakInRoom())]).then(
      ([{ RoomBar }]) => {
        tools.value = RoomBar;
      },
      console.warn,
    );
  }, [isInClass]);
  const Tools = tools.value;
  return Tools && <Tools />;
}
