// Steps × learners: which step holds up whom.

import type { WallLearner, WallLesson } from '../../../protocol/wall.ts';
import { roomTexts } from '../room-texts.ts';
import type { Seen } from './needs-help.ts';
import { briefly } from './tile.tsx';

type Props = { seen: readonly Seen[]; lessons: readonly WallLesson[]; nowMs: number };

export function HeatMap({ seen, lessons, nowMs }: Props) {
  const texts = roomTexts.wall.heat;
  const taught = lessons.filter(({ steps }) => steps.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many steps scroll, and keys must reach them
    <section class="wall-heat" tabIndex={0} aria-label={texts.caption}>
      <table>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {texts.learner}
            </th>
            {taught.map(({ slug, title, steps }) => (
              <th key={slug} scope="colgroup" colSpan={steps.length} lang="en" translate={false}>
                {title}
              </th>
            ))}
          </tr>
          <tr>
            {taught.flatMap(({ slug, steps }) =>
              steps.map(({ id, title }, at) => (
                <th key={`${slug} ${id}`} scope="col" title={title} translate={false}>
                  {at + 1}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {seen.map(({ id, learner, need }) => (
            <tr key={id} data-needs={need.reasons[0]}>
              <th scope="row" translate={false}>
                {learner.name}
              </th>
              {taught.flatMap(({ slug, steps }) =>
                steps.map((step) => (
                  <Cell key={`${slug} ${step.id}`} learner={learner} lesson={slug} step={step.id} nowMs={nowMs} />
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type CellProps = { learner: WallLearner; lesson: string; step: string; nowMs: number };

function Cell({ learner, lesson, step, nowMs }: CellProps) {
  const texts = roomTexts.wall.heat;
  const known = learner.steps[lesson]?.[step];
  const isCurrent = learner.lesson === lesson && learner.step === step;
  const state = known?.mark ?? (isCurrent ? 'current' : known ? 'begun' : 'none');
  const tookMs = known?.tookMs ?? (isCurrent && learner.sinceMs !== null ? nowMs - learner.sinceMs : null);
  const what = tookMs === null ? texts.marks[state] : texts.took({ what: texts.marks[state], time: briefly(tookMs) });
  const tries = known?.tries ?? 0;
  const words = tries > 0 ? texts.tries({ what, n: tries }) : what;
  return (
    <td data-mark={state} data-tries={tries === 0 ? undefined : tries < 3 ? 'some' : 'many'} title={words}>
      <span class="visually-hidden">{words}</span>
    </td>
  );
}
