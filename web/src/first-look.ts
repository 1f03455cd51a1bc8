// Runs within the document, before anything is painted: what this browser remembers stands as it was, with nothing that jumps.

import { besideLesson, besideMap, rememberedShare } from './panes/divider-position.ts';
import { arrangementFor, hasRoomForMap, keptOpen } from './panes/room.ts';
import { putOn, rememberedTheme } from './parts/remembered-theme.ts';
import { holdClicks } from './rendering/early-clicks.ts';

/** Asked in the head (vite.config.ts), where it costs nothing: from here on all that is below would be laid out for it. */
declare const windowSize: { width: number; height: number };

putOn(rememberedTheme());
const [split] = document.getElementsByClassName('split');
const [workplace] = document.getElementsByClassName('workplace');
if (split instanceof HTMLElement && workplace instanceof HTMLElement) {
  const { width, height } = windowSize;
  const place = arrangementFor(width, height);
  const lessonShown = place.lesson === 'tabs' || (keptOpen('lesson') ?? true);
  const mapShown = place.map !== 'tab' && (keptOpen('map') ?? hasRoomForMap(width));
  split.dataset.place = place.lesson;
  split.dataset.lesson = lessonShown ? 'shown' : 'away';
  split.dataset.workplace = place.lesson === 'tabs' ? 'away' : 'shown';
  split.style.setProperty('--share', `${rememberedShare(besideLesson(place))}%`);
  workplace.dataset.place = place.map;
  workplace.dataset.map = mapShown ? 'shown' : 'away';
  workplace.dataset.terminalPane = place.lesson === 'tabs' ? 'away' : 'shown';
  workplace.style.setProperty('--terminal-share', `${rememberedShare(besideMap(place))}%`);
  holdClicks();
}
