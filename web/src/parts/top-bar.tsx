// The bar above every page: the way home, and whether Docker Hub's images are stand-ins.

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Info } from '../../../protocol/session.ts';
import { getInfo } from '../api.ts';
import { glossaryPath, route } from '../router.ts';
import { texts } from '../texts.ts';
import { Icon, Mark } from './icons.tsx';

/** Asked once a page load; what it says is a badge, so a failure stays silent. */
const info = signal<Info | null>(null);

export function TopBar() {
  const { page } = route.value;
  useEffect(() => {
    if (info.peek()) return;
    getInfo().then(
      (answer) => {
        info.value = answer;
      },
      () => {},
    );
  }, []);
  return (
    <header class="top-bar">
      <a class="brand" href="/">
        <Mark />
        <span>{texts.name}</span>
      </a>
      <nav class="top-bar-nav">
        {page !== 'list' && (
          <a href="/">
            <Icon name="back" />
            {texts.lesson.all}
          </a>
        )}
        {page !== 'glossary' && <a href={glossaryPath}>{texts.glossary.heading}</a>}
      </nav>
      <span class="top-bar-end">{info.value?.offlineImages && <OfflineBadge />}</span>
    </header>
  );
}

function OfflineBadge() {
  return (
    <>
      <button type="button" class="badge" popovertarget="offline-images">
        {texts.offline.badge}
      </button>
      <div id="offline-images" class="popover" popover="auto">
        <h2>{texts.offline.heading}</h2>
        <p>{texts.offline.explanation}</p>
      </div>
    </>
  );
}
