// A terminal of somebody else's, to look at: what it shows as it comes, with what was before above it, in the size that it has there.

import { useEffect, useRef } from 'preact/hooks';
import { TerminalLink } from '../terminal/terminal-link.ts';

type Props = {
  /** Of its socket. */
  path: string;
  label: string;
  /** Whether what is typed goes there now; the server says so once more. */
  types?: { readonly current: boolean };
  /** Once it is over nobody asks for it again; what was shown stays. */
  over?: boolean;
};

export function LookedOnTerminal({ path, label, types, over = false }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const linked = useRef<TerminalLink | null>(null);
  useEffect(() => {
    const url = new URL(path, location.href.replace(/^http/, 'ws'));
    const link = new TerminalLink(() => new WebSocket(url), {
      onSession: () => {},
      onMap: () => {},
      onNoSession: () => {},
      onOutdated: () => false,
    });
    linked.current = link;
    let dispose = () => link.dispose();
    let gone = false;
    void import('../terminal/terminal-screen.ts').then(({ TerminalScreen }) => {
      if (gone || !host.current) return;
      const nothing = () => {};
      const screen = new TerminalScreen(host.current, {
        onInput: (bytes) => types?.current && link.sendBeside(bytes),
        onResize: nothing,
        onPaste: (text) => types?.current && screen.paste(text),
        onSearch: nothing,
        onTurn: nothing,
      });
      dispose = () => {
        link.dispose();
        screen.dispose();
      };
      link.attach(screen);
      link.connect();
    }, console.warn);
    return () => {
      gone = true;
      dispose();
    };
  }, [path]);
  useEffect(() => {
    if (over) linked.current?.stop();
  }, [over]);
  return (
    <section
      class="wall-terminal"
      aria-label={label}
      // Where nothing can be typed, Tab and Escape are the page's.
      onKeyDownCapture={(event) => {
        if (!types?.current && (event.key === 'Tab' || event.key === 'Escape')) event.stopPropagation();
      }}
    >
      <div ref={host} class="terminal-host" />
    </section>
  );
}
