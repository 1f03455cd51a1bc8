// The terminal's side of the page: mounts the screen, and stands its bar, banner, menu and keys around it.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Icon } from '../parts/icons.tsx';
import type { MenuPlace } from '../parts/menu.tsx';
import { PracticeHubBadge } from '../parts/practice-hub.tsx';
import { SpaceMeter } from '../space/space-meter.tsx';
import { SpaceNotice } from '../space/space-notice.tsx';
import { texts } from '../texts.ts';
import { CommandMenu } from './command-menu.tsx';
import { DropTarget } from './drop-target.tsx';
import { upload } from './files.ts';
import { followPaste } from './paste-progress.ts';
import { harmless, needsAsking } from './pasted-text.ts';
import { SearchBar } from './search-bar.tsx';
import type { ShellCommand } from './shell-commands.ts';
import { TerminalBanner } from './terminal-banner.tsx';
import { type Shown, TerminalDialog } from './terminal-dialog.tsx';
import { TerminalMenu } from './terminal-menu.tsx';
import { type Notice, TerminalNotice } from './terminal-notice.tsx';
import { TerminalStatus } from './terminal-status.tsx';
import { TerminalTabs } from './terminal-tabs.tsx';
import { TerminalView } from './terminal-view.tsx';
import { TouchKeys } from './touch-keys.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** `more`: what else stands in its bar. */
export function TerminalPane({ run, more }: { run: LessonRun; more?: ComponentChildren }) {
  const area = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const missing = useSignal(false);
  const menu = useSignal<MenuPlace | null>(null);
  const opened = useSignal<{ command: ShellCommand; place: MenuPlace } | null>(null);
  const dialog = useSignal<Shown | null>(null);
  /** How often it was asked for; 0 while it is closed. */
  const searching = useSignal(0);
  const notice = useSignal<Notice | null>(null);

  const paste = (pasted: string) => {
    const screen = run.screen.peek();
    const text = harmless(pasted);
    if (!screen || text === '') return;
    if (needsAsking(text, screen.bracketedPaste)) dialog.value = { dialog: 'question', text };
    else screen.paste(text);
  };
  const pasteAll = (text: string) => {
    run.screen.peek()?.paste(text);
    followPaste(
      text,
      () => run.link.waiting,
      (share) => {
        notice.value =
          share < 1
            ? { text: texts.terminal.pasting({ share: Math.floor(share * 100) / 100 }), going: share > 0 }
            : { text: texts.terminal.pasted };
      },
    );
  };
  const send = (files: readonly File[]) =>
    void upload(files, (told) => {
      notice.value = told;
    });
  const search = () => {
    searching.value += 1;
  };

  const screen = run.screen.value;
  const space = run.session.value?.space ?? null;
  return (
    <section id="terminal" class="terminal-pane" tabIndex={-1} aria-label={texts.terminal.region}>
      <div class="terminal-head">
        <div class="terminal-bar">
          <TerminalStatus run={run} />
          {run.link.follows.value && (
            <button
              type="button"
              class="quiet-button"
              onClick={() => {
                run.link.lead();
                run.focusTerminal();
              }}
            >
              {texts.terminal.useHere}
            </button>
          )}
          {space && <SpaceMeter space={space} />}
          <PracticeHubBadge />
          {more}
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
        <TerminalTabs run={run} />
        <SpaceNotice space={space} />
      </div>
      <div
        ref={area}
        class="terminal-area"
        data-scheme={screen?.look.scheme.value}
        data-shown={run.terminals.shown.value.length}
      >
        {run.terminals.all.value.map((terminal) => (
          <TerminalView
            key={terminal.number}
            run={run}
            terminal={terminal}
            onPaste={paste}
            onSearch={search}
            onMenu={(place) => {
              menu.value = place;
            }}
            onCommand={(command, place) => {
              opened.value = { command, place };
            }}
            onMissing={() => {
              missing.value = true;
            }}
          />
        ))}
        {screen && searching.value > 0 && (
          <SearchBar
            screen={screen}
            asked={searching.value}
            onClose={() => {
              searching.value = 0;
            }}
          />
        )}
        <WaitingCard run={run} />
        <TerminalBanner
          run={run}
          missing={missing.value}
          onNotice={(text) => {
            notice.value = { text };
          }}
        />
        <TerminalNotice notice={notice} />
        <DropTarget area={area} onFiles={send} />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={({ currentTarget }) => {
            send([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </div>
      {screen && <TouchKeys screen={screen} />}
      {screen && menu.value && (
        <TerminalMenu
          screen={screen}
          lesson={run.slug}
          place={menu.value}
          onClose={() => {
            menu.value = null;
          }}
          onPaste={paste}
          onPasteByHand={() => {
            dialog.value = { dialog: 'paste' };
          }}
          onSearch={search}
          onOpenTerminal={() => void run.openTerminal()}
          onUpload={() => picker.current?.click()}
          onFetch={() => {
            dialog.value = { dialog: 'fetch' };
          }}
          onSettings={() => {
            dialog.value = { dialog: 'settings' };
          }}
          onLastCommand={(place) => {
            const command = screen.commands.all.peek().at(-1);
            if (command) opened.value = { command, place };
          }}
        />
      )}
      {screen && opened.value && (
        <CommandMenu
          run={run}
          screen={screen}
          {...opened.value}
          onClose={() => {
            opened.value = null;
          }}
          onNotice={(text) => {
            notice.value = { text };
          }}
        />
      )}
      {screen && <TerminalDialog screen={screen} shown={dialog} onPaste={paste} onPasteAll={pasteAll} />}
    </section>
  );
}
