// The terminal's side of the page: mounts the screen, and stands its bar, banner, menu and keys around it.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Icon } from '../parts/icons.tsx';
import { PracticeHubBadge } from '../parts/practice-hub.tsx';
import { texts } from '../texts.ts';
import { followLongPress } from './long-press.ts';
import { PasteDialog } from './paste-dialog.tsx';
import { TerminalBanner } from './terminal-banner.tsx';
import { type MenuPlace, TerminalMenu } from './terminal-menu.tsx';
import { TerminalStatus } from './terminal-status.tsx';
import { TouchKeys } from './touch-keys.tsx';

export function TerminalPane({ run }: { run: LessonRun }) {
  const host = useRef<HTMLDivElement>(null);
  const missing = useSignal(false);
  const menu = useSignal<MenuPlace | null>(null);
  const pasting = useSignal(false);

  useEffect(() => {
    let left = false;
    const load = async () => {
      const { TerminalScreen } = await import('./terminal-screen.ts');
      if (left || !host.current) return;
      run.show(
        new TerminalScreen(host.current, {
          onInput: (bytes) => run.link.send(bytes),
          onResize: () => run.link.resize(),
        }),
      );
    };
    load().catch(() => {
      missing.value = true;
    });
    return () => {
      left = true;
      run.screen.peek()?.dispose();
      run.screen.value = null;
    };
  }, [run]);

  useEffect(() => {
    if (!host.current) return;
    return followLongPress(host.current, (place) => {
      menu.value = place;
    });
  }, []);

  const screen = run.screen.value;
  return (
    <section id="terminal" class="terminal-pane" tabIndex={-1} aria-label={texts.terminal.region}>
      <div class="terminal-bar">
        <TerminalStatus run={run} />
        <PracticeHubBadge />
        <kbd class="terminal-escape">{texts.terminal.escape}</kbd>
        <button
          type="button"
          class="icon-button"
          aria-label={texts.terminal.menu}
          aria-haspopup="menu"
          aria-expanded={menu.value !== null}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            menu.value = { x: box.right, y: box.bottom + 4, alignEnd: true };
          }}
        >
          <Icon name="dots" />
        </button>
      </div>
      <div class="terminal-area">
        <div ref={host} class="terminal-host" />
        <TerminalBanner run={run} missing={missing.value} />
      </div>
      {screen && <TouchKeys screen={screen} />}
      {screen && menu.value && (
        <TerminalMenu
          screen={screen}
          place={menu.value}
          onClose={() => {
            menu.value = null;
          }}
          onPasteByHand={() => {
            pasting.value = true;
          }}
        />
      )}
      {screen && pasting.value && (
        <PasteDialog
          screen={screen}
          onClose={() => {
            pasting.value = false;
          }}
        />
      )}
    </section>
  );
}
