// What stands over the page, wherever that which shows it is: also where the lesson's pane is put away and all that is in it.

import { type ComponentChildren, render } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

type Props = { as?: 'help-over' | 'broadcast-over'; children: ComponentChildren };

export function OverThePage({ as = 'help-over', children }: Props) {
  const host = useMemo(() => document.createElement('div'), []);
  useEffect(() => {
    host.className = as;
    document.body.append(host);
    return () => {
      render(null, host);
      host.remove();
    };
  }, [host]);
  useEffect(() => render(children, host));
  return null;
}
