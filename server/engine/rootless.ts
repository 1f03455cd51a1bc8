// What a rootless engine, or one without control groups, may lack: user ids of each sandbox's own, and limits.

import { z } from 'zod';
import { messageOf, SlipwayError } from '../errors.ts';
import type { HostEngine } from './host-images.ts';
import { labels, type Owner } from './labels.ts';
import { relayId } from './sandbox-container.ts';

const infoShape = z.object({
  SecurityOptions: z.array(z.string()).nullish(),
  MemoryLimit: z.boolean().default(true),
  CpuCfsQuota: z.boolean().default(true),
  PidsLimit: z.boolean().default(true),
});

export interface EngineMeans {
  isRootless: boolean;
  /** What it does not hold a container to, in words; empty where it holds all. */
  unlimited: string[];
  /** Whether it takes a limit of processors at all. */
  cpus: boolean;
}

/** By what the engine says of itself. */
export function meansOf(info: unknown): EngineMeans {
  const { SecurityOptions, MemoryLimit, CpuCfsQuota, PidsLimit } = infoShape.catch(infoShape.parse({})).parse(info);
  const kinds = { memory: MemoryLimit, processors: CpuCfsQuota, processes: PidsLimit };
  return {
    isRootless: SecurityOptions?.some((option) => option.includes('name=rootless')) ?? false,
    unlimited: Object.entries(kinds).flatMap(([kind, held]) => (held ? [] : [kind])),
    cpus: CpuCfsQuota,
  };
}

/** One line for whoever runs the server; null where there is nothing to say. */
export function describeMeans({ unlimited }: EngineMeans): string | null {
  if (unlimited.length === 0) return null;
  return `Practice computers have no limit of ${unlimited.join(', ')}: this engine has no control groups for it`;
}

export interface UserIdsOptions {
  engine: HostEngine;
  owner: Owner;
  /** Any with `true`. */
  image: string;
  uidBase: number;
}

/** Starts a program under an id of the first sandbox. Throws SlipwayError `engine-rootless` where there is no such id. */
export async function mustHaveUserIds({ engine, owner, image, uidBase }: UserIdsOptions): Promise<void> {
  const name = `slipway-ids-${owner.instance}`;
  const remove = () =>
    engine
      .getContainer(name)
      .remove({ force: true, v: true })
      .catch(() => {});
  await remove();
  try {
    const container = await engine.createContainer({
      name,
      Image: image,
      Labels: labels('probe', owner),
      Entrypoint: ['true'],
      User: `${relayId(uidBase)}`,
      HostConfig: { NetworkMode: 'none' },
    });
    await container.start();
  } catch (cause) {
    throw new SlipwayError(
      'engine-rootless',
      `This rootless Docker Engine has no user ids from ${uidBase} on (${messageOf(cause).trim()}).`,
      {
        next:
          "Each practice computer takes 100,000 of them. Give the engine's user many, as root: usermod --add-subuids " +
          '200000000-203999999 --add-subgids 200000000-203999999 USER; restart that engine, and start with --uid-base 100000.',
        cause,
      },
    );
  } finally {
    await remove();
  }
}
