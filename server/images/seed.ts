// Fills the hub's store with the offline stand-ins, assembled from the parts image.

import type { HostImages } from '../engine/host-images.ts';
import { SlipwayError } from '../errors.ts';
import { hashValue } from './content-hash.ts';
import { byFolder, type Layer, type LayerEntry, makeLayer, readEntries } from './layer.ts';
import { type Document, type ImageLayer, type ImageManifest, MEDIA_TYPE, makeImage, makeList } from './manifest.ts';
import { type Facts, type StandIn, standIns } from './stand-ins.ts';
import type { StoreClient } from './store-client.ts';

/** Raise it when the same parts and stand-ins shall give other bytes. */
const FORMAT = 1;
/** Out of the learners' reach, who see `library/` only. */
const MARKER = 'slipway/seeded';

/** Names what a seeded store holds: known before anything is assembled. */
export function seedHash(partsImage: string): string {
  return hashValue([FORMAT, partsImage, standIns({ architecture: '', nginx: '', busybox: '', registry: '' })]);
}

/** True when the store holds all of that seed. */
export function isSeeded(store: StoreClient, hash: string): Promise<boolean> {
  return store.hasManifest(MARKER, hash, MEDIA_TYPE.manifest);
}

/** Uploads all stand-ins; a second time uploads nothing. Throws SlipwayError; what is missing then is uploaded the next time. */
export async function seedStore(images: HostImages, partsImage: string, store: StoreClient): Promise<void> {
  const hash = seedHash(partsImage);
  if (await isSeeded(store, hash)) return;
  const facts = readFacts(await images.exportFromImage(partsImage, '/out/facts', readEntries));
  const folders = byFolder(await images.exportFromImage(partsImage, '/out/layers', readEntries));
  const made = new Map<string, Layer>();
  const home = new Map<string, string>();
  for (const standIn of standIns(facts)) {
    const repository = `library/${standIn.name}`;
    const architectures = standIn.platforms === 'both' ? ['amd64', 'arm64'] : [facts.architecture];
    const platforms: { architecture: string; manifest: ImageManifest }[] = [];
    for (const architecture of architectures) {
      const layers = await layersOf(standIn, architecture, folders, made);
      for (const { digest, blob } of layers) {
        await store.putBlob(repository, digest, blob, home.get(digest));
        home.set(digest, home.get(digest) ?? repository);
      }
      const manifest = makeImage(architecture, layers, { ...standIn.run, Labels: labelsOf(standIn) });
      await store.putBlob(repository, manifest.config.digest, manifest.config.bytes);
      await store.putManifest(repository, manifest.digest, manifest);
      platforms.push({ architecture, manifest });
    }
    const top: Document | undefined = standIn.platforms === 'both' ? makeList(platforms) : platforms[0]?.manifest;
    if (top !== undefined) for (const tag of standIn.tags) await store.putManifest(repository, tag, top);
  }
  const marker = makeImage(facts.architecture, [], { Env: [], Cmd: [], Labels: {} });
  await store.putBlob(MARKER, marker.config.digest, marker.config.bytes);
  await store.putManifest(MARKER, hash, marker);
}

async function layersOf(
  standIn: StandIn,
  architecture: string,
  folders: Map<string, LayerEntry[]>,
  made: Map<string, Layer>,
): Promise<ImageLayer[]> {
  const layers: ImageLayer[] = [];
  for (const [pattern, step] of Object.entries(standIn.layers)) {
    const folder = pattern.replace('ARCH', architecture);
    const layer = made.get(folder) ?? (await makeLayer(entriesOf(folders, folder)));
    made.set(folder, layer);
    layers.push({ ...layer, step });
  }
  return layers;
}

function entriesOf(folders: Map<string, LayerEntry[]>, folder: string): LayerEntry[] {
  const entries = folders.get(folder);
  if (entries !== undefined) return entries;
  throw new SlipwayError('part-missing', `The parts image has no folder /out/layers/${folder}.`, {
    next: 'sandbox/offline/parts/lay-out.sh makes these folders, server/images/stand-ins.ts names them: make them agree.',
  });
}

function readFacts(entries: LayerEntry[]): Facts {
  const fact = (name: string) => entries.find((entry) => entry.header.name === name)?.content.toString() ?? '';
  return {
    architecture: fact('architecture'),
    nginx: fact('nginx'),
    busybox: fact('busybox'),
    registry: fact('registry'),
  };
}

function labelsOf({ title, name }: StandIn): Record<string, string> {
  return {
    'org.opencontainers.image.title': title,
    'org.opencontainers.image.description': `${title}. It is not Docker Hub's ${name}: Slipway made it for a computer that cannot reach Docker Hub.`,
    'slipway.stand-in': 'true',
  };
}
