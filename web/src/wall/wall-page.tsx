// The wall of a class, for its teachers: where the class stands, who needs help, and each learner as a tile or a row of steps.

import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import '../styles/wall-styles.css';
import { Message } from '../message.tsx';
import { Loading } from '../parts/loading.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { roomTexts } from '../room-texts.ts';
import { route } from '../router.ts';
import { BroadcastAtWall } from './broadcast-at-wall.tsx';
import { type ClassStanding, standingOf, stepsDone } from './class-standing.ts';
import { HandQueue } from './hand-queue.tsx';
import { HeatMap } from './heat-map.tsx';
import { LearnerView } from './learner-view.tsx';
import {
  byName,
  byNeed,
  MANY_TRIES,
  medianTimes,
  needOf,
  type Seen,
  SLOW_FACTOR,
  SLOW_LEAST_MS,
} from './needs-help.ts';
import { Pause } from './pause.tsx';
import { Reports } from './reports.tsx';
import { Tile } from './tile.tsx';
import { type Told, WallState } from './wall-state.ts';

const SHOWN = ['all', 'here', 'help'] as const;
const SORTS = ['help', 'name', 'steps'] as const;
const VIEWS = ['tiles', 'heat'] as const;
/** Beyond so many each tile has two lines, so that all of a class are on one screen. */
const FEW = 24;

const shows: Record<(typeof SHOWN)[number], (seen: Seen) => boolean> = {
  all: () => true,
  here: ({ learner }) => learner.connected,
  help: ({ need }) => need.reasons.length > 0,
};
const orders: Record<(typeof SORTS)[number], (a: Seen, b: Seen) => number> = {
  help: (a, b) => byNeed([a.learner, a.need], [b.learner, b.need]),
  name: (a, b) => byName(a.learner.name, b.learner.name),
  steps: (a, b) => stepsDone(b.learner) - stepsDone(a.learner) || byName(a.learner.name, b.learner.name),
};

export function WallPage() {
  const { value } = route;
  const ofClass = value.page === 'wall' ? value.class : 0;
  const state = useMemo(() => new WallState(ofClass), [ofClass]);
  useEffect(() => () => state.dispose(), [state]);
  const told = state.told.value;
  useTitle(roomTexts.wall.title);
  return (
    <>
      <TopBar />
      <main class="wall-page" id="content" tabIndex={-1}>
        {told ? <Wall state={state} told={told} ofClass={ofClass} /> : <Loading shape="page" />}
      </main>
    </>
  );
}

function Wall({ state, told, ofClass }: { state: WallState; told: Told; ofClass: number }) {
  const shown = useSignal<(typeof SHOWN)[number]>('all');
  const sort = useSignal<(typeof SORTS)[number]>('help');
  const view = useSignal<(typeof VIEWS)[number]>('tiles');
  const opened = useSignal<string | null>(null);
  const nowMs = state.nowMs.value;
  const learners = Object.values(told.learners);
  const medians = medianTimes(learners, nowMs);
  const all: Seen[] = Object.entries(told.learners).map(([id, learner]) => ({
    id,
    learner,
    need: needOf(learner, medians, nowMs),
  }));
  const dense = all.length > FEW && !state.linesShown.value;
  const open = all.find(({ id }) => id === opened.value);
  const seen = all.filter(shows[shown.value]).sort(orders[sort.value]);
  const texts = roomTexts.wall;
  return (
    <>
      <h1>{texts.heading({ name: told.name })}</h1>
      <div class="wall-whole-class">
        <Pause ofClass={ofClass} pausedBy={told.pausedBy} />
        <BroadcastAtWall ofClass={ofClass} broadcast={state.broadcast} />
      </div>
      {!state.live.value && (
        <p class="notice" role="status">
          {texts.lost}
        </p>
      )}
      {open && (
        <LearnerView
          key={open.id}
          seen={open}
          ofClass={ofClass}
          told={told}
          onClose={() => {
            opened.value = null;
          }}
        />
      )}
      <div class="wall-head">
        <Standing standing={standingOf(learners, told.lessons)} help={all.filter(shows.help).length} />
        <div>
          <HandQueue all={all} ofClass={ofClass} nowMs={nowMs} />
          <Reports reports={state.reports.value} told={told} />
        </div>
      </div>
      <div class="wall-controls">
        <Choice label={texts.show} of={SHOWN} names={texts.shown} chosen={shown} />
        <Choice label={texts.sort} of={SORTS} names={texts.sorts} chosen={sort} />
        <Choice label={texts.views.label} of={VIEWS} names={texts.views} chosen={view} />
        {view.value === 'tiles' && (
          <label class="wall-lines-choice">
            <input
              type="checkbox"
              checked={state.linesShown.value}
              onChange={({ currentTarget }) => state.showLines(currentTarget.checked)}
            />
            {texts.lines}
          </label>
        )}
        <Rule />
      </div>
      {all.length === 0 && <NothingHere text={texts.empty} />}
      {all.length > 0 && seen.length === 0 && <NothingHere text={texts.nobody} />}
      {seen.length > 0 && view.value === 'heat' && <HeatMap seen={seen} lessons={told.lessons} nowMs={nowMs} />}
      {seen.length > 0 && view.value === 'tiles' && (
        <ul class="wall-tiles" data-dense={dense ? '' : undefined}>
          {seen.map((one) => (
            <Tile
              key={one.id}
              seen={one}
              lessons={told.lessons}
              lines={state.linesShown.value ? (state.lines.value[one.id] ?? []) : null}
              nowMs={nowMs}
              dense={dense}
              onOpen={() => {
                opened.value = one.id;
              }}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Standing({ standing, help }: { standing: ClassStanding; help: number }) {
  const texts = roomTexts.wall.standing;
  const { here, all, medianSteps, steps, behind, done, frequent } = standing;
  const { frequent: words } = roomTexts.wall;
  return (
    <section class="wall-standing" aria-label={texts.heading}>
      <ul class="wall-figures">
        <li>{texts.here({ n: here, m: all })}</li>
        <li data-needs={help > 0 ? '' : undefined}>{texts.help({ n: help })}</li>
        {medianSteps !== null && <li>{texts.median({ n: medianSteps, m: steps })}</li>}
        <li title={texts.behindTip}>{texts.behind({ n: behind })}</li>
        <li>{texts.done({ n: done })}</li>
      </ul>
      <h2>{words.heading}</h2>
      {frequent.length === 0 && <p class="wall-quiet">{words.none}</p>}
      <ol class="wall-frequent">
        {frequent.map(({ text, n }) => (
          <li key={text}>
            <strong>{words.count({ n })}</strong>
            <span lang="en">
              <Message text={text} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Rule() {
  const { rule } = roomTexts.wall;
  return (
    <details class="wall-rule">
      <summary>{rule.summary}</summary>
      <p>{rule.text({ tries: MANY_TRIES, factor: SLOW_FACTOR, minutes: SLOW_LEAST_MS / 60_000 })}</p>
    </details>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  of: readonly T[];
  names: Readonly<Record<T, string>>;
  chosen: Signal<T>;
};

function Choice<T extends string>({ label, of, names, chosen }: ChoiceProps<T>) {
  return (
    <label class="wall-choice">
      <span>{label}</span>
      <select
        class="text-field"
        value={chosen.value}
        onChange={({ currentTarget }) => {
          chosen.value = currentTarget.value as T;
        }}
      >
        {of.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
