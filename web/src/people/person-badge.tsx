// In the bar above every page: who one is here, the way back from another device, and the way out.

import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from '../parts/icons.tsx';
import { recordPath } from '../router.ts';
import { copyText } from '../terminal/clipboard.ts';
import { texts } from '../texts.ts';
import { here, loadHere, signOut } from './here.ts';

export function PersonBadge() {
  useEffect(loadHere, []);
  const copied = useSignal(false);
  const me = here.value?.me;
  if (!me) return null;
  const link = me.returnPath && location.origin + me.returnPath;
  return (
    <>
      {me.dryRun && <DryRun />}
      <button type="button" class="badge badge-quiet person-badge" popovertarget="person" translate={false}>
        {me.name}
      </button>
      <div id="person" class="popover person" popover="auto">
        <h2 translate={false}>{me.name}</h2>
        <p>{me.class ? texts.person.inClass({ name: me.class.name }) : texts.person.roles[me.role]}</p>
        {link && (
          <>
            <p>{texts.person.returnLink}</p>
            <p class="person-link">
              <code>{link}</code>
            </p>
            <button
              type="button"
              class="button"
              onClick={async () => {
                copied.value = await copyText(link);
              }}
            >
              <Icon name="copy" />
              {copied.value ? texts.person.copied : texts.person.copy}
            </button>
          </>
        )}
        <p>
          <a href={recordPath}>{texts.person.record}</a>
        </p>
        <button type="button" class="quiet-button" onClick={() => void signOut()}>
          {texts.person.leave}
        </button>
      </div>
    </>
  );
}

/** Says that this is one, and ends it: loaded where there is one. */
function DryRun() {
  const loaded = useSignal<FunctionComponent | null>(null);
  useEffect(() => {
    Promise.all([import('./dry-run-badge.tsx'), import('../room-texts.ts').then((it) => it.speakInRoom())]).then(
      ([{ DryRunBadge }]) => {
        loaded.value = DryRunBadge;
      },
      console.warn,
    );
  }, []);
  const Badge = loaded.value;
  return Badge && <Badge />;
}
