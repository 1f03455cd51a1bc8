// The bar above every page: the way home, and what is to be known of Docker Hub's images.

import { useEffect } from 'preact/hooks';
import { info, loadInfo } from '../info.ts';
import { openPalette } from '../palette/palette.tsx';
import { here } from '../people/here.ts';
import { PersonBadge } from '../people/person-badge.tsx';
import { browserIsKnown } from '../rendering/browser-known.ts';
import { cheatSheetPath, classesPath, glossaryPath, route } from '../router.ts';
import { onMac } from '../terminal/key-bindings.ts';
import { texts } from '../texts.ts';
import { Icon, Mark } from './icons.tsx';

export function TopBar() {
  const { page } = route.value;
  useEffect(loadInfo, []);
  const isStaff = here.value?.me && here.value.me.role !== 'learner';
  return (
    <header class="top-bar">
      <a class="brand" href="/">
        <Mark />
        <span>{texts.name}</span>
      </a>
      <nav class="top-bar-nav" aria-label={texts.pages}>
        {page !== 'list' && <NavLink icon="back" path="/" text={texts.lesson.all} />}
        {page !== 'cheat-sheet' && <NavLink icon="terminal" path={cheatSheetPath} text={texts.cheatSheet.heading} />}
        {isStaff && page !== 'classes' && <NavLink icon="people" path={classesPath} text={texts.classes.heading} />}
        {page !== 'glossary' && <NavLink icon="lesson" path={glossaryPath} text={texts.glossary.heading} />}
      </nav>
      <button type="button" class="badge badge-quiet palette-button" onClick={openPalette}>
        <Icon name="search" />
        <span>{texts.palette.button}</span>
        <span class="palette-keys">
          {browserIsKnown.value && onMac() ? texts.palette.keys.mac : texts.palette.keys.other}
        </span>
      </button>
      <span class="top-bar-end">
        {info.value?.offlineImages && <NoteBadge id="offline-images" {...texts.offline} />}
        <PersonBadge />
        {info.value?.hubLimited && <NoteBadge id="hub-limited" {...texts.hubLimited} />}
      </span>
    </header>
  );
}

/** On a small page its icon alone is seen. */
function NavLink({
  icon,
  path,
  text,
}: {
  icon: 'back' | 'terminal' | 'lesson' | 'people';
  path: string;
  text: string;
}) {
  return (
    <a href={path}>
      <Icon name={icon} />
      <span>{text}</span>
    </a>
  );
}

/** A badge that opens an explanation. */
function NoteBadge({ id, badge, heading, explanation }: Record<'id' | 'badge' | 'heading' | 'explanation', string>) {
  return (
    <>
      <button type="button" class="badge" popovertarget={id}>
        {badge}
      </button>
      <div id={id} class="popover" popover="auto">
        <h2>{heading}</h2>
        <p>{explanation}</p>
      </div>
    </>
  );
}
