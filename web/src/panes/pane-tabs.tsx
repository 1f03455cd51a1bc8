// The panes of a small page, one at a time: which one is in front.

import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';
import type { Pane, Panes } from './panes.ts';

const ALL: readonly Pane[] = ['lesson', 'terminal', 'map'];

export function PaneTabs({ panes }: { panes: Panes }) {
  return (
    <nav class="pane-tabs" aria-label={texts.panes.label}>
      {ALL.map((pane) => (
        <button
          key={pane}
          type="button"
          aria-pressed={panes.front.value === pane}
          aria-controls={pane === 'map' && !panes.mapShown.value ? undefined : pane}
          onClick={() => panes.show(pane)}
        >
          <Icon name={pane} />
          {texts.panes[pane]}
        </button>
      ))}
    </nav>
  );
}
