// PROVISIONAL
import type Docker from 'dockerode';
export async function removeEverything(docker: Docker, { instance }: { instance?: string } = {}): Promise<void> {
  const filters = JSON.stringify({ label: instance ? [`slipway.instance=${instance}`] : ['slipway=1'] });
  for (const c of await docker.listContainers({ all: true, filters })) await docker.getContainer(c.Id).remove({ force: true, v: true });
  for (const v of (await docker.listVolumes({ filters } as never)).Volumes) await docker.getVolume(v.Name).remove({ force: true });
}
