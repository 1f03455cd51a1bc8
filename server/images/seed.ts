// Fills the hub's store with the offline stand-ins, assembled from the parts image.

import type { HostImages } from '../engine/host-images.ts';
import type { Owner } from '../engine/labels.ts';
import { SlipwayError } from '../errors.ts';
import { hashValue } from './content-hash.ts';
import { eachFolder, type Layer, type LayerEntry, makeLayer, readEntries } from './layer.ts';
import { type Document, type ImageLayer, type ImageManifest, makeImage, makeList } from './manifest.ts';
import { type Facts, type StandIn, standIns } from './stand-ins.ts';
import type { StoreClient } from './store-client.ts';

/** Raise it when the same parts and stand-ins shall give other bytes. */
const FORMAT = 1;

/** Names what a filled store holds: known before anything is assembled. */
export function seedHash(partsImage: string): string {
  return hashValue([FORMAT, partsImage, standIns({ architecture: '', nginx: '', busybox: '', registry: '' })]);
}

/** Uploads all stand-ins. Throws SlipwayError. */
export async function seedStore(
  images: HostImages,
  { partsImage, owner }: { partsImage: string; owner: Owner },
  store: StoreClient,
): Promise<void> {
  const facts = readFacts(await images.exportFromImage({ image: partsImage, path: '/out/facts', owner }, readEntries));
  const all = standIns(facts);
  const homes = homesOf(all, facts);
  const made = new Map<string, Layer>();
  await images.exportFromImage({ image: partsImage, path: '/out/layers', owner }, (tar) =>
    eachFolder(tar, async (folder, entries) => {
      const home = homes.get(folder);
      if (home === undefined) return;
      const { blob, ...layer } = await makeLayer(entries);
      await store.putBlob(home, layer.digest, blob);
      made.set(folder, layer);
    }),
  );
  for (const standIn of all) {
    const repository = repositoryOf(standIn);
    const platforms: { architecture: string; manifest: ImageManifest }[] = [];
    for (const architecture of architecturesOf(standIn, facts)) {
      const layers: ImageLayer[] = [];
      for (const [folder, step] of foldersOf(standIn, architecture)) {
        const layer = { ...layerOf(made, folder), step };
        await store.mountBlob(repository, layer.digest, homes.get(folder) ?? repository);
        layers.push(layer);
      }
      const manifest = makeImage(architecture, layers, { ...standIn.run, Labels: labelsOf(standIn) });
      await store.putBlob(repository, manifest.config.digest, manifest.config.bytes);
      await store.putManifest(repository, manifest.digest, manifest);
      platforms.push({ architecture, manifest });
    }
    const top: Document | undefined = standIn.platforms === 'both' ? makeList(platforms) : platforms[0]?.manifest;
    if (top !== undefined) for (const tag of standIn.tags) await store.putManifest(repository, tag, top);
  }
}

/** Each folder's layer is uploaded to the first repository that uses it, and mounted into the others. */
function homesOf(all: StandIn[], facts: Facts): Map<string, string> {
  const homes = new Map<string, string>();
  for (const standIn of all)
    for (const architecture of architecturesOf(standIn, facts))
      for (const [folder] of foldersOf(standIn, architecture))
        homes.set(folder, homes.get(folder) ?? repositoryOf(standIn));
  return homes;
}

function repositoryOf({ name }: StandIn): string {
  return `library/${name}`;
}

function architecturesOf({ platforms }: StandIn, { architecture }: Facts): string[] {
  return platforms === 'both' ? ['amd64', 'arm64'] : [architecture];
}

/** Folder of the parts image and what made it, from the lowest layer up. */
function foldersOf({ layers }: StandIn, architecture: string): [string, string][] {
  return Object.entries(layers).map(([pattern, step]) => [pattern.replace('ARCH', architecture), step]);
}

function layerOf(made: Map<string, Layer>, folder: string): Layer {
  const layer = made.get(folder);
  if (layer !== undefined) return layer;
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
