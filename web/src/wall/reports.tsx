// Which checks the class's learners call wrong.

import type { WallReport } from '../../../protocol/wall.ts';
import { Message } from '../message.tsx';
import { roomTexts } from '../room-texts.ts';
import { type Told, titleOf } from './wall-state.ts';

type Props = { reports: readonly WallReport[]; told: Told };

export function Reports({ reports, told }: Props) {
  if (reports.length === 0) return null;
  const texts = roomTexts.wall.reports;
  return (
    <details class="wall-reports">
      <summary>{texts.heading({ n: reports.length })}</summary>
      <ol>
        {reports.map(({ id, learner, lesson, step, note, said, command }) => (
          <li key={id}>
            <p>
              <strong translate={false}>{told.learners[learner]?.name ?? ''}</strong>{' '}
              <span lang="en" translate={false}>
                {titleOf(told, lesson, step)}
              </span>
            </p>
            {note && <p translate={false}>{note}</p>}
            {said && (
              <p class="wall-quiet">
                {texts.said}{' '}
                <span lang="en">
                  <Message text={said} />
                </span>
              </p>
            )}
            {command && (
              <p class="wall-quiet">
                {texts.after} <code>{command}</code>
              </p>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
