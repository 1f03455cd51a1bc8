// What moves just now, as docker's lines in the terminal tell, and what changed last, which is also said aloud.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { texts } from '../texts.ts';
import { type Change, changesBetween } from './changes.ts';
import { transferOf } from './follow-transfer.ts';
import type { LayerMemory } from './layers.ts';
import { TransferStrip } from './transfer-strip.tsx';

/** How many are told at once. */
const MOST = 2;
/** What happens within this time is told together. */
const GATHER_MS = 250;

type Props = { run: LessonRun; memory: LayerMemory; isLost: boolean };

export function MapFoot({ run, memory, isLost }: Props) {
  const changes = useChanges(run);
  const screen = run.screen.value;
  const following = useMemo(() => (screen ? transferOf(screen) : null), [screen]);
  useEffect(() => following?.stop, [following]);
  const hues = useComputed(() => huesOf(run, memory));
  const transfer = following?.transfer.value ?? null;
  return (
    <footer class="map-foot">
      {transfer && (
        <TransferStrip key={transfer.command} transfer={transfer} hueOf={(id) => hues.value.get(id) ?? null} />
      )}
      {isLost && <p class="map-soft">{texts.map.lost}</p>}
      <p class="map-changes" role="status">
        {changes.length === 0 && <span class="map-soft">{texts.map.changes.none}</span>}
        {changes.slice(0, MOST).map(({ text, tone }) => (
          <span key={text} data-tone={tone}>
            {text}.{' '}
          </span>
        ))}
        {changes.length > MOST && <span class="map-soft">{texts.map.changes.more({ n: changes.length - MOST })}</span>}
      </p>
    </footer>
  );
}

/** Those of the last moment in which something changed. */
function useChanges(run: LessonRun): readonly Change[] {
  const told = useSignal<readonly Change[]>([]);
  const state = useMemo<{ from: Parameters<typeof changesBetween>[0] | null; timer?: ReturnType<typeof setTimeout> }>(
    () => ({ from: null }),
    [run],
  );
  useSignalEffect(() => {
    const step = run.map.step.value;
    if (!step?.before || step.before === step.now) return;
    state.from ??= step.before;
    state.timer ??= setTimeout(() => {
      const now = run.map.step.peek()?.now;
      const changes = state.from && now ? changesBetween(state.from, now) : [];
      state.from = null;
      delete state.timer;
      if (changes.length > 0) told.value = changes;
    }, GATHER_MS);
  });
  useEffect(() => () => clearTimeout(state.timer), [state]);
  return told.value;
}

/** By the first 12 digits of a layer's diff id and of its blob's digest: a push shows the one, a pull the other. */
function huesOf(run: LessonRun, memory: LayerMemory): Map<string, number> {
  const hues = new Map<string, number>();
  const short = (digest: string) => digest.slice('sha256:'.length, 'sha256:'.length + 12);
  for (const thing of Object.values(run.map.step.value?.now ?? {})) {
    if (thing.kind === 'image') for (const id of thing.layers ?? []) hues.set(short(id), memory.hueOf(id));
    if (thing.kind !== 'manifest') continue;
    for (const { digest, diffId } of thing.layers) if (diffId !== null) hues.set(short(digest), memory.hueOf(diffId));
  }
  return hues;
}
