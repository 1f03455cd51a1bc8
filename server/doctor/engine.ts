// What the host engine must be: there, of a kind that can hold sandboxes, and with a storage driver that is quick enough.

import { z } from 'zod';
import type { Config } from '../config.ts';
import { openEngine } from '../engine/connect.ts';
import type { HostEngine } from '../engine/host-images.ts';
import { type EngineMeans, meansOf } from '../engine/rootless.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { fail, type Need, ok, warn } from './need.ts';

const infoShape = z.object({
  Driver: z.string().default(''),
  ServerVersion: z.string().default(''),
  SecurityOptions: z.array(z.string()).nullish(),
});
const SLOW_DRIVERS = ['vfs', 'devicemapper', 'aufs'];

export interface EngineFound {
  needs: Need[];
  /** Null where none can be used. */
  engine: HostEngine | null;
}

/** Looks only: nothing is installed or started. */
export async function engineNeeds(config: Config): Promise<EngineFound> {
  const base = { id: 'engine', title: 'Docker Engine', why: 'Each learner’s computer is a container of it.' };
  let engine: HostEngine | null;
  try {
    engine = await openEngine(config);
  } catch (error) {
    const next = error instanceof SlipwayError ? error.next : 'See that it runs: docker version';
    return { needs: [fail(base, messageOf(error), next)], engine: null };
  }
  if (!engine) {
    const next = 'As root on Debian, npm start installs and starts one. Elsewhere install Docker Engine and start it.';
    return { needs: [fail(base, 'none answers', next)], engine: null };
  }
  const raw: unknown = await engine.info();
  const info = infoShape.catch({ Driver: '', ServerVersion: '', SecurityOptions: [] }).parse(raw);
  return {
    needs: [
      ok(base, info.ServerVersion),
      storage(info.Driver),
      confinement(info.SecurityOptions ?? []),
      limits(meansOf(raw)),
    ],
    engine,
  };
}

export function storage(driver: string): Need {
  const base = {
    id: 'storage',
    title: 'Storage of the engine',
    why: 'A sandbox starts in half a second where layers are shared, and in many where they are copied.',
  };
  if (!SLOW_DRIVERS.includes(driver)) return ok(base, driver || 'unknown');
  return warn(base, driver, 'Set "storage-driver": "overlay2" in /etc/docker/daemon.json, and restart the engine.');
}

export function confinement(options: readonly string[]): Need {
  const base = {
    id: 'confinement',
    title: 'Seccomp of the engine',
    why: 'Which system calls a learner may make is one of the walls around them.',
  };
  if (options.some((option) => option.includes('name=seccomp'))) return ok(base, 'there');
  return fail(base, 'missing', 'Use an engine and a kernel with seccomp (CONFIG_SECCOMP_FILTER).');
}

function limits({ unlimited }: EngineMeans): Need {
  const base = {
    id: 'limits',
    title: 'Limits of the engine',
    why: 'One learner who takes all memory, processors or processes would else take them from everybody.',
  };
  if (unlimited.length === 0) return ok(base, 'memory, processors and processes');
  const fix =
    'Use the system’s engine, or give a rootless one control groups (version 2, with systemd: see docs.docker.com/go/rootless).';
  return warn(base, `none of ${unlimited.join(', ')}`, fix);
}
