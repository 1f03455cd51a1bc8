// Says above the terminal that the disk is nearly full or full, and what to remove.

import type { LargeThing, Space } from '../../../protocol/session.ts';
import { binaryBytes } from '../amounts.ts';
import { Message } from '../message.tsx';
import { texts } from '../texts.ts';
import { removalOf } from './removal.ts';

export function SpaceNotice({ space }: { space: Space | null }) {
  const short = space !== null && space.state !== 'enough';
  return (
    // It may scroll: then the keyboard must reach it.
    <div class="space-notice" role="status" data-state={space?.state} tabIndex={short ? 0 : undefined}>
      {short && <Advice space={space} />}
    </div>
  );
}

function Advice({ space }: { space: Space }) {
  return (
    <>
      <p>
        <strong>{headlineOf(space)}</strong> {texts.space.next}
      </p>
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
    </>
  );
}

function Thing({ thing }: { thing: LargeThing }) {
  const { kind, name, size } = thing;
  const removal = removalOf(thing);
  return (
    <>
      {texts.space.kinds[kind]} {name && <b>{name}</b>} (
      {kind === 'folder' ? texts.space.files({ n: size }) : binaryBytes(size)})
      {removal && (
        <>
          {': '}
          <code>{removal}</code>
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
