// Says above the terminal that the disk is nearly full or full, and what to remove.

import { useRef } from 'preact/hooks';
import type { LargeThing, Space } from '../../../protocol/session.ts';
import { binaryBytes } from '../amounts.ts';
import { Message } from '../message.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { texts } from '../texts.ts';
import { removalOf } from './removal.ts';

/** In a narrower window the terminal needs the room: how to make some is unfolded there. */
const ROOMY_PX = 760;

export function SpaceNotice({ space }: { space: Space | null }) {
  const short = space !== null && space.state !== 'enough';
  return (
    <div class="space-notice" data-state={space?.state}>
      {/* Said aloud once for each state: what takes most, and how much, changes with every command. */}
      <p class="visually-hidden" role="status">
        {useAloud(short ? space : null)}
      </p>
      {short && <Advice space={space} />}
    </div>
  );
}

function useAloud(space: Space | null): string {
  const said = useRef({ state: 'enough', text: '' });
  const state = space?.state ?? 'enough';
  if (said.current.state !== state)
    said.current = { state, text: space ? `${headlineOf(space)} ${texts.space.next}` : '' };
  return said.current.text;
}

function Advice({ space }: { space: Space }) {
  return (
    <>
      <p>
        <strong>{headlineOf(space)}</strong> {texts.space.next}
      </p>
      <details open={innerWidth > ROOMY_PX}>
        <summary>{texts.space.makeRoom}</summary>
        <p>
          <Message text={texts.space.prune} />
        </p>
        {space.largest.length > 0 && (
          <>
            <p id="space-largest">{texts.space.largest}</p>
            <ul aria-labelledby="space-largest">
              {space.largest.map((thing) => (
                <li key={`${thing.kind} ${thing.name}`}>
                  <Thing thing={thing} />
                </li>
              ))}
            </ul>
          </>
        )}
      </details>
    </>
  );
}

function Thing({ thing }: { thing: LargeThing }) {
  const { kind, name, size } = thing;
  const removal = removalOf(thing);
  return (
    <>
      {texts.space.kinds[kind]} {name && <b translate={false}>{name}</b>} (
      {kind === 'folder' ? texts.space.files({ n: size }) : binaryBytes(size)})
      {removal && (
        <>
          {': '}
          <code>{removal}</code> <CopyButton command={removal} />
        </>
      )}
    </>
  );
}

function headlineOf({ state, short, percent, held }: Space): string {
  const share = percent / 100;
  if (state === 'low') return short === 'files' ? texts.space.lowFiles({ share }) : texts.space.low({ share });
  if (short === 'files') return texts.space.fullFiles;
  return held ? texts.space.full : texts.space.over;
}
