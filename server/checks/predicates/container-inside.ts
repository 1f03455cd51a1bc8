// What a container was given beside its image and ports: volumes and environment variables.

import type { ContainerDetail, ContainerState } from '../../engine/types.ts';
import { code } from '../quoted.ts';
import type { World } from '../types.ts';

export interface WantedInside {
  /** `NAME:/path` */
  volume?: string | undefined;
  env?: Record<string, string> | undefined;
}

/** The first volume or variable that is not as asked, in words; null where all are. */
export async function wrongInside(
  world: World,
  { name }: ContainerState,
  { volume, env }: WantedInside,
): Promise<string | null> {
  if (volume === undefined && env === undefined) return null;
  const detail = await world.engine.container(name);
  if (!detail) return null;
  return (volume === undefined ? null : wrongVolume(name, detail, volume)) ?? wrongEnv(name, detail, env ?? {});
}

function again(name: string, option: string): string {
  return `${code(`docker rm -f ${name}`)} and start it again with ${code(option)}.`;
}

function wrongVolume(container: string, { mounts }: ContainerDetail, volume: string): string | null {
  const colon = volume.indexOf(':');
  const [source, destination] = [volume.slice(0, colon), volume.slice(colon + 1)];
  if (mounts.some((mount) => mount.kind === 'volume' && mount.source === source && mount.destination === destination))
    return null;
  const remedy = again(container, `-v ${volume}`);
  const elsewhere = mounts.find((mount) => mount.kind === 'volume' && mount.source === source);
  if (elsewhere) {
    return `The volume ${code(source)} is mounted at ${code(elsewhere.destination)}, but ${code(container)} keeps its data in ${code(destination)}, which went to a volume without a name. ${remedy}`;
  }
  const there = mounts.find((mount) => mount.destination === destination);
  if (there?.kind === 'bind') {
    return `${code(destination)} in ${code(container)} is the folder ${code(there.source)} of this computer, not the volume ${code(source)}: a path makes a folder, a plain name a volume. ${remedy}`;
  }
  if (there && !/^[0-9a-f]{64}$/.test(there.source))
    return `${code(container)} has the volume ${code(there.source)}; this step asks for ${code(source)}. ${remedy}`;
  return `${code(container)} has no named volume, so its data goes with it. ${remedy}`;
}

function wrongEnv(container: string, { env }: ContainerDetail, wanted: Record<string, string>): string | null {
  for (const [name, value] of Object.entries(wanted)) {
    if (env.includes(`${name}=${value}`)) continue;
    const set = env.some((line) => line.startsWith(`${name}=`));
    const what = set
      ? `${code(name)} in ${code(container)} has another value`
      : `${code(container)} has no variable ${code(name)}`;
    return `${what}; this step asks for it. ${again(container, `-e ${name}=${value}`)}`;
  }
  return null;
}
