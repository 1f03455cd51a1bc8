// The raised hands of a class, in their order: taken by whoever goes there, and closed.

import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { useActing } from './acting.ts';
import { closeHand, takeHand } from './hand-api.ts';
import type { Seen } from './needs-help.ts';
import { briefly } from './tile.tsx';

type Props = { all: readonly Seen[]; ofClass: number; nowMs: number };

export function HandQueue({ all, ofClass, nowMs }: Props) {
  const { problem, act } = useActing();
  const texts = roomTexts.wall.hands;
  const hands = all
    .flatMap(({ id, learner: { name, hand } }) => (hand ? [{ id, name, ...hand }] : []))
    .sort((a, b) => a.raisedMs - b.raisedMs);
  if (hands.length === 0 && !problem.value) return null;
  return (
    <section class="wall-hands" aria-label={texts.heading({ n: hands.length })}>
      <h2>{texts.heading({ n: hands.length })}</h2>
      <ol>
        {hands.map(({ id, name, words, raisedMs, takenBy }) => (
          <li key={id} class="wall-hand">
            <p>
              <strong translate={false}>{name}</strong>{' '}
              <span class="wall-quiet">{texts.since({ time: briefly(nowMs - raisedMs) })}</span>
            </p>
            <p translate={false}>{words}</p>
            <p class="wall-hand-actions">
              {takenBy === null ? (
                <button type="button" class="button" onClick={() => void act(takeHand(ofClass, id))}>
                  {texts.take}
                </button>
              ) : (
                <span>{texts.taken({ name: takenBy })}</span>
              )}
              <button type="button" class="quiet-button" onClick={() => void act(closeHand(ofClass, id))}>
                {texts.close}
              </button>
            </p>
          </li>
        ))}
      </ol>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </section>
  );
}
