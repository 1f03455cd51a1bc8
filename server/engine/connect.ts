// The host engine: found, recognised, and on Debian installed where there is none.

import { existsSync } from 'node:fs';
import Docker from 'dockerode';
import { messageOf, SlipwayError, systemCode } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { refusalOf } from './detect.ts';
import { installEngine, startEngine } from './install.ts';
import { TimedEngine } from './timed-engine.ts';

export interface ConnectOptions {
  /** As DOCKER_HOST; undefined for the local default. */
  dockerHost: string | undefined;
  yes: boolean;
}

const SOCKET = '/var/run/docker.sock';
const ENGINE_PROGRAMS = ['/usr/sbin/dockerd', '/usr/bin/dockerd', '/usr/local/bin/dockerd'];

/** The local Linux engine. Throws SlipwayError that names any other and says what to do. */
export async function connectEngine({ dockerHost, yes }: ConnectOptions, progress: Progress): Promise<TimedEngine> {
  const socketPath = socketOf(dockerHost);
  const first = await tryEngine(socketPath);
  if ('engine' in first) return first.engine;
  if (systemCode(first.error) === 'EACCES') {
    throw new SlipwayError('engine-permission', `You may not use the Docker Engine at ${socketPath}.`, {
      next: 'Join its group: sudo usermod -aG docker "$USER", log out and in again. Then start again.',
      cause: first.error,
    });
  }
  if (dockerHost !== undefined) {
    throw new SlipwayError('no-engine', `No Docker Engine answers at ${dockerHost} (${messageOf(first.error)}).`, {
      next: 'Start it, or unset DOCKER_HOST to use the local one.',
      cause: first.error,
    });
  }
  if (!ENGINE_PROGRAMS.some((program) => existsSync(program))) await installEngine({ yes, progress });
  else await startEngine(progress);
  const second = await tryEngine(socketPath);
  if ('engine' in second) return second.engine;
  throw new SlipwayError('no-engine', `The Docker Engine does not answer (${messageOf(second.error)}).`, {
    next: 'Look at its log: journalctl -u docker, or /var/log/slipway-dockerd.log.',
    cause: second.error,
  });
}

/** The engine where one answers now, or null: nothing is installed or started. */
export async function openEngine(dockerHost: string | undefined): Promise<TimedEngine | null> {
  const found = await tryEngine(socketOf(dockerHost));
  return 'engine' in found ? found.engine : null;
}

/** Throws SlipwayError for an engine that answers and is not one for us. */
async function tryEngine(socketPath: string): Promise<{ engine: TimedEngine } | { error: unknown }> {
  const engine = new TimedEngine({ socketPath });
  const asking = new Docker({ socketPath, timeout: 10_000 });
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

function socketOf(dockerHost: string | undefined): string {
  if (dockerHost === undefined) return SOCKET;
  if (dockerHost.startsWith('unix://')) return dockerHost.slice('unix://'.length);
  throw new SlipwayError('engine-remote', `DOCKER_HOST is ${dockerHost}: a remote engine.`, {
    next: "Slipway talks to its sandboxes through local sockets. Run it on the engine's own computer, without DOCKER_HOST.",
  });
}
