// One learner on the wall, as a tile.

import type { WallLearner, WallLesson } from '../../../protocol/wall.ts';
import { Message } from '../message.tsx';
import { roomTexts } from '../room-texts.ts';
import type { Seen } from './needs-help.ts';

/** Who does nothing for so long is idle. */
const IDLE_MS = 2 * 60_000;

type Props = {
  seen: Seen;
  lessons: readonly WallLesson[];
  /** Null where they are not shown. */
  lines: readonly string[] | null;
  nowMs: number;
  /** There is room for two lines only. */
  dense: boolean;
  onOpen: () => void;
};

export function Tile({ seen: { learner, need }, lessons, lines, nowMs, dense, onOpen }: Props) {
  const texts = roomTexts.wall.tile;
  const { name, connected, diagnosis, tries, activeMs } = learner;
  const idleMs = connected && activeMs !== null ? nowMs - activeMs : 0;
  return (
    <li class="wall-tile" data-needs={need.reasons[0]} data-away={connected ? undefined : ''}>
      <button type="button" class="wall-name" translate={false} title={name} onClick={onOpen}>
        {name}
      </button>
      <p class="wall-place">
        <span>{placeOf(learner, lessons, dense)}</span>
        {need.timeMs !== null && connected && <span>{briefly(need.timeMs)}</span>}
        {need.reasons.map((reason) => (
          <strong key={reason} class="wall-reason">
            {texts.reasons[reason]}
          </strong>
        ))}
      </p>
      {!dense && (
        <>
          {idleMs > IDLE_MS && <p class="wall-quiet">{texts.idle({ time: briefly(idleMs) })}</p>}
          {tries > 0 && <p class="wall-quiet">{texts.tries({ n: tries })}</p>}
          {diagnosis && (
            <p class="wall-diagnosis" lang="en">
              <Message text={diagnosis} />
            </p>
          )}
        </>
      )}
      {lines && (
        <pre class="wall-lines" translate={false}>
          {lines.join('\n')}
        </pre>
      )}
    </li>
  );
}

function placeOf(
  { came, connected, lesson, step, setup }: WallLearner,
  lessons: readonly WallLesson[],
  dense: boolean,
): string {
  const { tile } = roomTexts.wall;
  if (!came) return tile.notCome;
  if (lesson === null) return tile.notBegun;
  if (!connected) return tile.away;
  if (setup === 'waiting') return tile.waiting;
  if (setup === 'running') return tile.preparing;
  if (setup === 'failed') return tile.failed;
  const steps = lessons.find(({ slug }) => slug === lesson)?.steps ?? [];
  const at = steps.findIndex(({ id }) => id === step);
  if (step === null) return tile.done;
  return (dense ? tile.shortStep : tile.step)({ n: at + 1, m: steps.length });
}

/** To the minute, from one on. */
export function briefly(ms: number): string {
  const { brief } = roomTexts.wall;
  const seconds = Math.max(1, Math.floor(ms / 1000));
  if (seconds < 60) return brief.seconds({ n: seconds });
  return seconds < 3600
    ? brief.minutes({ n: Math.floor(seconds / 60) })
    : brief.hours({ n: Math.floor(seconds / 3600) });
}
