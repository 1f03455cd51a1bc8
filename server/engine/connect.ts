// The host engine: found, recognised, and on Debian installed where there is none.

import { existsSync } from 'node:fs';
import Docker from 'dockerode';
import { messageOf, SlipwayError, systemCode } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { clientOptions, type EngineAddress, socketOf } from './address.ts';
import { refusalOf } from './detect.ts';
import { installEngine, startEngine } from './install.ts';
import { TimedEngine } from './timed-engine.ts';

export interface ConnectOptions extends EngineAddress {
  yes: boolean;
}

/** A first connection by ssh takes its time. */
const LOOK_MS = 15_000;
const ENGINE_PROGRAMS = ['/usr/sbin/dockerd', '/usr/bin/dockerd', '/usr/local/bin/dockerd'];

/** The engine. Throws SlipwayError that names what cannot be used and says what to do. */
export async function connectEngine({ yes, ...address }: ConnectOptions, progress: Progress): Promise<TimedEngine> {
  const { dockerHost } = address;
  const first = await tryEngine(address);
  if ('engine' in first) return first.engine;
  if (systemCode(first.error) === 'EACCES') {
    throw new SlipwayError('engine-permission', `You may not use the Docker Engine at ${socketOf(dockerHost)}.`, {
      next: 'Join its group: sudo usermod -aG docker "$USER", log out and in again. Then start again.',
      cause: first.error,
    });
  }
  if (dockerHost !== undefined) {
    throw new SlipwayError('no-engine', `No Docker Engine answers at ${dockerHost} (${messageOf(first.error)}).`, {
      next: 'See that `docker version` answers with the same settings, or unset DOCKER_HOST to use the local one.',
      cause: first.error,
    });
  }
  if (!ENGINE_PROGRAMS.some((program) => existsSync(program))) await installEngine({ yes, progress });
  else await startEngine(progress);
  const second = await tryEngine(address);
  if ('engine' in second) return second.engine;
  throw new SlipwayError('no-engine', `The Docker Engine does not answer (${messageOf(second.error)}).`, {
    next: 'Look at its log: journalctl -u docker, or /var/log/slipway-dockerd.log.',
    cause: second.error,
  });
}

/** The engine where one answers now, or null: nothing is installed or started. */
export async function openEngine(address: EngineAddress): Promise<TimedEngine | null> {
  const found = await tryEngine(address);
  return 'engine' in found ? found.engine : null;
}

/** Throws SlipwayError for an engine that answers and is not one for us. */
async function tryEngine(address: EngineAddress): Promise<{ engine: TimedEngine } | { error: unknown }> {
  const options = clientOptions(address);
  const engine = new TimedEngine(options);
  const asking = new Docker({ ...options, timeout: LOOK_MS });
  let version: Docker.DockerVersion;
  let info: unknown;
  try {
    [version, info] = await Promise.all([asking.version(), asking.info()]);
  } catch (error) {
    return { error };
  }
  const refusal = refusalOf(version, info as Record<string, unknown>);
  if (refusal) throw refusal;
  return { engine };
}
