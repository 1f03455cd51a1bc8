// What became different between two pictures, in the words that one would say.

import { keyOf, type MapPicture, type MapThing, type MapThingOf } from '../../../protocol/map.ts';
import { texts } from '../texts.ts';
import { familiar, shortDigest } from './names.ts';

const words = texts.map.changes;

/** `weight`: what is said first where much changed at once. */
export type Change = { text: string; tone: 'came' | 'moved' | 'went'; weight: number };

/** The weightiest first. */
export function changesBetween(before: MapPicture, now: MapPicture): Change[] {
  const changes: Change[] = [];
  for (const thing of Object.values(now)) {
    const old = before[keyOf(thing)];
    if (JSON.stringify(old) !== JSON.stringify(thing)) changes.push(...newly(thing, old, before));
  }
  for (const [key, thing] of Object.entries(before)) {
    if (!Object.hasOwn(now, key)) changes.push(...nowGone(thing, before, now));
  }
  return changes.sort((a, b) => b.weight - a.weight);
}

function newly(thing: MapThing, old: MapThing | undefined, before: MapPicture): Change[] {
  switch (thing.kind) {
    case 'image':
      return imageChanges(thing, old?.kind === 'image' ? old : null);
    case 'container': {
      if (old?.kind === 'container' && old.state === thing.state) return [];
      const { name, state } = thing;
      const text = old ? words.containerIs({ name, state }) : words.containerCame({ name });
      return [{ text, tone: old ? 'moved' : 'came', weight: 3 }];
    }
    case 'tag': {
      // What the practice Docker Hub has was there before the map knew.
      if (!old && thing.host === 'docker.io' && !thing.repository.startsWith('learner/')) return [];
      if (!old && stateOf(thing.host, before) === 'asking') return [];
      const name = nameOf(thing);
      const values = { name, digest: shortDigest(thing.digest) };
      const text = old ? words.nowPointsAt(values) : words.pointsAt(values);
      return [{ text, tone: old ? 'moved' : 'came', weight: 6 }];
    }
    case 'manifest': {
      if (thing.state !== 'deleted' || old?.kind !== 'manifest' || old.state === 'deleted') return [];
      const left = [thing.config, ...thing.layers].filter((blob) => blob?.served).length;
      const { repository } = thing;
      const text = words.manifestDeleted({ digest: shortDigest(thing.digest), repository, left });
      return [{ text, tone: 'went', weight: 5 }];
    }
    case 'registry': {
      // A server that has just started asks what the one before it knew.
      if (old?.kind !== 'registry' || old.state === 'asking' || thing.state === 'asking') return [];
      if (old.state !== thing.state && thing.host !== 'docker.io') {
        return [{ text: registryText(thing), tone: 'moved', weight: 7 }];
      }
      if ((old.login === null) === (thing.login === null)) return [];
      const { host } = thing;
      const text = thing.login === null ? words.loggedOut({ host }) : words.loggedIn({ host });
      return [{ text, tone: 'moved', weight: 7 }];
    }
    case 'engine':
      return old?.kind === 'engine' && old.state !== thing.state
        ? [{ text: thing.state === 'up' ? words.engineUp : words.engineAway, tone: 'moved', weight: 9 }]
        : [];
    default:
      return [];
  }
}

function imageChanges(image: MapThingOf<'image'>, old: MapThingOf<'image'> | null): Change[] {
  const id = shortDigest(image.id);
  if (!old) {
    const [name] = image.tags;
    const text = name === undefined ? words.namelessCame({ id }) : words.imageCame({ name, id });
    return [{ text, tone: 'came', weight: 4 }];
  }
  const added = image.tags.filter((tag) => !old.tags.includes(tag));
  const lost = old.tags.filter((tag) => !image.tags.includes(tag));
  return [
    ...added.map((tag): Change => ({ text: words.named({ name: tag, id }), tone: 'came', weight: 4 })),
    ...lost.map((tag): Change => ({ text: words.untagged({ name: tag, id }), tone: 'went', weight: 5 })),
  ];
}

function nowGone(thing: MapThing, before: MapPicture, now: MapPicture): Change[] {
  switch (thing.kind) {
    case 'image': {
      if (now.engine?.kind !== 'engine' || now.engine.state !== 'up') return [];
      const [name] = thing.tags;
      const id = shortDigest(thing.id);
      const text = name === undefined ? words.namelessDeleted({ id }) : words.imageDeleted({ name, id });
      return [{ text, tone: 'went', weight: 5 }];
    }
    case 'container':
      return [{ text: words.containerGone({ name: thing.name }), tone: 'went', weight: 3 }];
    case 'tag':
      if (!answers(thing.host, now)) return [];
      return [{ text: words.tagGone({ name: nameOf(thing) }), tone: 'went', weight: 4 }];
    case 'manifest': {
      const was = before[keyOf(thing)];
      if (!answers(thing.host, now) || was?.kind !== 'manifest' || was.state !== 'deleted') return [];
      return [{ text: words.collected({ digest: shortDigest(thing.digest) }), tone: 'went', weight: 5 }];
    }
    default:
      return [];
  }
}

const nameOf = ({ host, repository, name }: MapThingOf<'tag'>) => `${familiar(host, repository)}:${name}`;

function registryText({ host, state }: MapThingOf<'registry'>): string {
  if (state === 'up' || state === 'login-required' || state === 'down') return words.registryIs[state]({ host });
  return words.registryIs.odd({ host });
}

/** Of a registry that is down nothing is known, which is not the same as nothing being there. */
const answers = (host: string, now: MapPicture): boolean => stateOf(host, now) === 'up';

function stateOf(host: string, picture: MapPicture): MapThingOf<'registry'>['state'] | null {
  const registry = picture[`registry ${host}`];
  return registry?.kind === 'registry' ? registry.state : null;
}
