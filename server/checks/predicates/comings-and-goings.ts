// When images and containers came and went, as the engine's events tell: what was so for an instant nobody could see.

import type { EngineEvent } from '../../engine/types.ts';
import { reference, sameReference } from '../../reference.ts';
import type { JournalView, World } from '../types.ts';
import { namedImage } from './local-images.ts';

/** From this moment on something was here, or it wasn't. */
export interface Change {
  atMs: number;
  here: boolean;
}

/**
 * The first moment, not before `afterMs`, at which everything was here, or nothing was; null where no event tells of one.
 * Each list is of one name, oldest first.
 */
export function firstMoment(lists: readonly Change[][], here: boolean, afterMs: number): number | null {
  const moments = [afterMs, ...lists.flat().map(({ atMs }) => atMs)].filter((atMs) => atMs >= afterMs);
  const allSo = (at: number) => lists.every((list) => list.findLast(({ atMs }) => atMs <= at)?.here === here);
  return moments.sort((a, b) => a - b).find(allSo) ?? null;
}

/** Of one name of an image, `nginx:latest`. */
export async function changesOfName(world: World, name: string): Promise<Change[]> {
  const { journal, engine } = world;
  const { familiar } = reference(name);
  const ids = journal.idsOf(familiar);
  const images = await engine.images();
  const events = imageEvents(journal);
  // An untag event tells the image only, so it may have been any name that the image had then and that could go then.
  const mayBe = (other: string, untag: EngineEvent) => {
    const made = events.filter((event) => makes(event, other));
    const last = made.findLast(({ atMs }) => atMs < untag.atMs);
    if (last?.action === 'tag' && last.id !== untag.id) return false;
    return made.some(({ atMs }) => atMs > untag.atMs) || !images.some(({ tags }) => tags.includes(other));
  };
  const isOurs = (untag: EngineEvent) =>
    !journal.namesOf(untag.id, untag.atMs).some((other) => !sameReference(other, familiar) && mayBe(other, untag));
  const changes: Change[] = [];
  /** The image of the name, where a tag told it. */
  let current: string | null = null;
  for (const event of events) {
    const { action, id, atMs } = event;
    if (makes(event, familiar)) {
      current = action === 'tag' ? id : null;
      changes.push({ atMs, here: true });
    } else if (current === null ? ids.includes(id) : id === current) {
      if (action === 'delete' || (action === 'untag' && isOurs(event))) changes.push({ atMs, here: false });
    }
  }
  // It was another name then, one that nobody had seen: what the engine has counts more.
  if (changes.at(-1)?.here === false && (await namedImage(world, reference(name)))) changes.pop();
  return changes;
}

/**
 * Which of these events may have removed this name from the images `ids`. An untag tells the image only, and each other
 * name that is gone took one: the last that it can have been.
 */
export async function removalsOf(
  { journal, engine }: World,
  events: readonly EngineEvent[],
  name: string,
  ids: readonly string[],
): Promise<Set<EngineEvent>> {
  const images = await engine.images();
  const of = events.filter(({ kind, id }) => kind === 'image' && ids.includes(id));
  const removals = new Set(of.filter(({ action }) => action === 'untag' || action === 'delete'));
  for (const id of new Set(ids)) {
    for (const other of journal.namesOf(id, Number.POSITIVE_INFINITY)) {
      if (sameReference(other, name) || images.some(({ tags }) => tags.includes(other))) continue;
      const last = events.findLast((event) => makes(event, other));
      if (last?.action === 'tag' && last.id !== id) continue;
      const own = (untag: EngineEvent) =>
        untag.atMs > (last?.atMs ?? 0) && journal.namesOf(id, untag.atMs).includes(other);
      const taken = of.findLast(
        (event) => event.action === 'untag' && event.id === id && removals.has(event) && own(event),
      );
      if (taken) removals.delete(taken);
    }
  }
  return removals;
}

/** Of an image itself, whatever it is called. */
export function changesOfImage(journal: JournalView, id: string): Change[] {
  const names = journal.namesOf(id, Number.POSITIVE_INFINITY);
  return imageEvents(journal).flatMap((event): Change[] => {
    const { action, atMs } = event;
    if (action === 'delete' && event.id === id) return [{ atMs, here: false }];
    const isMade = action === 'tag' ? event.id === id : names.some((name) => makes(event, name));
    return isMade ? [{ atMs, here: true }] : [];
  });
}

/** Of a container of this name; `begins` and `ends` are the actions that count. */
export function changesOfContainer(
  journal: JournalView,
  name: string,
  counts: { begins: (event: EngineEvent) => boolean; ends: (event: EngineEvent) => boolean },
): Change[] {
  return journal.events().flatMap((event): Change[] => {
    if (event.kind !== 'container' || event.name !== name) return [];
    if (counts.begins(event)) return [{ atMs: event.atMs, here: true }];
    return counts.ends(event) ? [{ atMs: event.atMs, here: false }] : [];
  });
}

function imageEvents(journal: JournalView): EngineEvent[] {
  return journal.events().filter(({ kind }) => kind === 'image');
}

export function isPull({ kind, action, id }: EngineEvent, name: string): boolean {
  return kind === 'image' && action === 'pull' && sameReference(id, name);
}

/** Whether the event gave an image this name. */
export function makes(event: EngineEvent, familiar: string): boolean {
  return (
    (event.kind === 'image' && event.action === 'tag' && sameReference(event.name, familiar)) || isPull(event, familiar)
  );
}
