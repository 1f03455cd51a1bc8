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
    if (JSON.stringify(old) !== JSON.stringify(thing)) changes.push(...newly(thing, old, now));
  }
  for (const [key, thing] of Object.entries(before)) {
    if (!Object.hasOwn(now, key)) changes.push(...nowGone(thing, before, now));
  }
  return changes.sort((a, b) => b.weight - a.weight);
}

function newly(thing: MapThing, old: MapThing | undefined, now: MapPicture): Change[] {
  switch (thing.kind) {
    case 'image':
      return imageChanges(thing, old?.kind === 'image' ? old : null);
    case 'container': {
      if (old?.kind === 'container' && old.state === thing.state) return [];
      const text = old ? words.containerIs(thing.name, thing.state) : words.containerCame(thing.name);
      return [{ text, tone: old ? 'moved' : 'came', weight: 3 }];
    }
    case 'tag': {
      // What the practice Docker Hub has was there before the map knew.
      if (!old && thing.host === 'docker.io' && !thing.repository.startsWith('learner/')) return [];
      const name = `${familiar(thing.host, thing.repository)}:${thing.name}`;
      const text = words.pointsAt(name, shortDigest(thing.digest), old !== undefined);
      return [{ text, tone: old ? 'moved' : 'came', weight: 6 }];
    }
    case 'manifest': {
      if (thing.state !== 'deleted' || old?.kind !== 'manifest' || old.state === 'deleted') return [];
      const left = [thing.config, ...thing.layers].filter((blob) => blob?.served).length;
      return [
        { text: words.manifestDeleted(thing.repository, shortDigest(thing.digest), left), tone: 'went', weight: 5 },
      ];
    }
    case 'registry': {
      if (old?.kind !== 'registry') return [];
      if (old.state !== thing.state && old.state !== 'asking' && thing.host !== 'docker.io') {
        return [{ text: words.registryIs(thing.host, thing.state), tone: 'moved', weight: 7 }];
      }
      if ((old.login === null) === (thing.login === null)) return [];
      return [{ text: words.login(thing.host, thing.login !== null), tone: 'moved', weight: 7 }];
    }
    case 'engine':
      return old?.kind === 'engine' && old.state !== thing.state && now.engine
        ? [{ text: words.engineIs(thing.state), tone: 'moved', weight: 9 }]
        : [];
    default:
      return [];
  }
}

function imageChanges(image: MapThingOf<'image'>, old: MapThingOf<'image'> | null): Change[] {
  const id = shortDigest(image.id);
  if (!old) return [{ text: words.imageCame(image.tags[0] ?? null, id), tone: 'came', weight: 4 }];
  const added = image.tags.filter((tag) => !old.tags.includes(tag));
  const lost = old.tags.filter((tag) => !image.tags.includes(tag));
  return [
    ...added.map((tag): Change => ({ text: words.named(tag, id), tone: 'came', weight: 4 })),
    ...lost.map((tag): Change => ({ text: words.untagged(tag, id), tone: 'went', weight: 5 })),
  ];
}

function nowGone(thing: MapThing, before: MapPicture, now: MapPicture): Change[] {
  switch (thing.kind) {
    case 'image':
      return now.engine?.kind === 'engine' && now.engine.state === 'up'
        ? [{ text: words.imageDeleted(thing.tags[0] ?? null, shortDigest(thing.id)), tone: 'went', weight: 5 }]
        : [];
    case 'container':
      return [{ text: words.containerGone(thing.name), tone: 'went', weight: 3 }];
    case 'tag':
      if (!answers(thing.host, now)) return [];
      return [
        { text: words.tagGone(`${familiar(thing.host, thing.repository)}:${thing.name}`), tone: 'went', weight: 4 },
      ];
    case 'manifest': {
      const was = before[keyOf(thing)];
      if (!answers(thing.host, now) || was?.kind !== 'manifest' || was.state !== 'deleted') return [];
      return [{ text: words.collected(shortDigest(thing.digest)), tone: 'went', weight: 5 }];
    }
    default:
      return [];
  }
}

/** Of a registry that is down nothing is known, which is not the same as nothing being there. */
function answers(host: string, now: MapPicture): boolean {
  const registry = now[`registry ${host}`];
  return registry?.kind === 'registry' && registry.state === 'up';
}
