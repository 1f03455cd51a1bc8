// Removes from the host engine what carries Slipway's label, of one instance or of all.

import type { HostEngine } from './host-images.ts';
import { labelFilters, type Owner } from './labels.ts';

export interface Removed {
  containers: number;
  volumes: number;
  networks: number;
  images: number;
}

/** With an instance: its containers and volumes. Without: every container, volume, network and image that is ours. */
export async function removeEverything(engine: HostEngine, { instance }: { instance?: string } = {}): Promise<Removed> {
  const filters = JSON.stringify({ label: [instance ? `slipway.instance=${instance}` : 'slipway=1'] });
  const removed: Removed = { containers: 0, volumes: 0, networks: 0, images: 0 };
  for (const { Id } of await engine.listContainers({ all: true, filters })) {
    await unlessMissing(engine.getContainer(Id).remove({ force: true, v: true }));
    removed.containers++;
  }
  const { Volumes } = await engine.listVolumes({ filters: filters as never });
  for (const { Name } of Volumes ?? []) {
    await unlessMissing(engine.getVolume(Name).remove({ force: true }));
    removed.volumes++;
  }
  if (instance) return removed;
  for (const { Id } of await engine.listNetworks({ filters: filters as never })) {
    await unlessMissing(engine.getNetwork(Id).remove());
    removed.networks++;
  }
  // An image is refused while another is built on it: again, until none goes any more.
  for (let before = -1; before !== removed.images; ) {
    before = removed.images;
    for (const { Id } of await engine.listImages({ all: false, filters })) {
      if (
        await engine
          .getImage(Id)
          .remove({ force: true })
          .then(
            () => true,
            () => false,
          )
      )
        removed.images++;
    }
  }
  return removed;
}

/** Every server of which something is there, running or not. */
export async function ownersOn(engine: HostEngine): Promise<Owner[]> {
  const filters = labelFilters({});
  const { Volumes } = await engine.listVolumes({ filters });
  const all = [...(await engine.listContainers({ all: true, filters })), ...(Volumes ?? [])];
  const owners = all.flatMap(({ Labels }): [string, Owner][] => {
    const { 'slipway.instance': instance, 'slipway.folder': folder } = Labels ?? {};
    return instance && folder ? [[instance, { instance, folder }]] : [];
  });
  return [...new Map(owners).values()];
}

/** Names of the containers in which a server of ours runs. */
export async function runningServers(engine: HostEngine): Promise<string[]> {
  const found = await engine.listContainers({ filters: labelFilters({ kind: 'server' }) });
  return found.map(({ Id, Names }) => Names[0]?.slice(1) ?? Id);
}

async function unlessMissing(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error) => {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  });
}
