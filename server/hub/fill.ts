// The image of an offline hub: the registry with the stand-ins in its store, made once for all data folders.

import { setTimeout as delay } from 'node:timers/promises';
import type { HostImages } from '../engine/host-images.ts';
import type { HostServices, ServiceSpec } from '../engine/host-service.ts';
import { SlipwayError } from '../errors.ts';
import { readEntries } from '../images/layer.ts';
import { seedHash, seedStore } from '../images/seed.ts';
import { StoreClient } from '../images/store-client.ts';
import type { StorePlace } from './store-place.ts';

const STORE = '/store';

export interface FillOptions {
  services: HostServices;
  images: HostImages;
  /** What the stand-ins are assembled from. */
  parts: string;
  place: StorePlace;
  /** The hub's own, still without a store. */
  spec: ServiceSpec;
  progress: (stage: string) => void;
}

/** Its tag; it is made where there is none, by a hub that can be written to for that long. Throws SlipwayError. */
export async function filledImage({ services, images, parts, place, spec, progress }: FillOptions): Promise<string> {
  const tag = `slipway/stand-ins:${seedHash(parts)}`;
  if (await images.imageExists(tag)) return tag;
  progress('Filling the practice Docker Hub');
  const name = `${spec.name}-seed`;
  await services.remove(name);
  await services.start({ ...spec, name, command: ['/etc/slipway/seed.yml'], restart: 'no', writable: [STORE] });
  try {
    const client = new StoreClient(place.dial(name, 'seed.sock'));
    await waitReady(services, name, client);
    await seedStore(images, { partsImage: parts, owner: spec.owner }, client);
    const store = await services.archive(name, STORE, readEntries);
    await images.addTo(spec.image, { tag, kind: 'stand-ins', folder: STORE, entries: store });
  } finally {
    await services.remove(name);
  }
  progress('Filled the practice Docker Hub');
  return tag;
}

/** Throws `hub-not-ready` where the registry in that container does not answer in time. */
export async function waitReady(services: HostServices, name: string, client: StoreClient): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await client.ready())) {
    if (performance.now() > deadline) {
      const said = await services.lastLines(name);
      throw new SlipwayError(
        'hub-not-ready',
        `The container ${name} does not answer on its socket. It said:\n${said}`,
        {
          next: 'The data folder must be on the engine’s computer, and its path shorter than 90 characters.',
        },
      );
    }
    await delay(30);
  }
}
