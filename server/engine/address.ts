// Where the host engine is, as DOCKER_HOST and its companions say it, and how connections to it are made.

import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type Docker from 'dockerode';
import { agentFor, type Dial } from '../dial.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { sshDial } from './ssh.ts';

export interface EngineAddress {
  /** As DOCKER_HOST; undefined for the local default. */
  dockerHost: string | undefined;
  /** As DOCKER_TLS_VERIFY: TLS where it is anything. */
  dockerTlsVerify?: string | undefined;
  /** As DOCKER_CERT_PATH: the folder of ca.pem, cert.pem and key.pem. */
  dockerCertPath?: string | undefined;
}

export const LOCAL_SOCKET = '/var/run/docker.sock';
const TLS_PORT = 2376;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
/** A connection that is not used for so long ends: whoever made it may have gone. */
const IDLE_MS = 30_000;

/** For a client of that engine. Throws SlipwayError where nobody could connect to such an address. */
export function clientOptions(address: EngineAddress): Docker.DockerOptions {
  const local = socketOf(address.dockerHost);
  const way = local
    ? { socketPath: local, host: undefined }
    : { host: 'docker', protocol: 'http', agent: agentFor(dialOf(address), { keepAlive: true, timeout: IDLE_MS }) };
  // What is not said here dockerode takes from the environment.
  return { ...way, ca: undefined, cert: undefined, key: undefined } as Docker.DockerOptions;
}

/** The path of the local socket; undefined for an engine elsewhere. */
export function socketOf(dockerHost: string | undefined): string | undefined {
  if (dockerHost === undefined) return LOCAL_SOCKET;
  return dockerHost.startsWith('unix://') ? dockerHost.slice('unix://'.length) : undefined;
}

function dialOf({ dockerHost = '', dockerTlsVerify, dockerCertPath }: EngineAddress): Dial {
  const url = URL.canParse(dockerHost) ? new URL(dockerHost) : null;
  // A URL of an unknown scheme keeps its host name as it was typed.
  if (url?.protocol === 'ssh:' && /^[a-z0-9]/i.test(url.hostname)) return sshDial(url);
  if (url?.protocol === 'tcp:' && url.hostname !== '') {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (dockerTlsVerify) {
      const keys = readKeys(dockerCertPath);
      const port = Number(url.port || TLS_PORT);
      return () => connectTls({ host, port, ...keys });
    }
    if (LOOPBACK.test(url.hostname)) return () => connect({ host, port: Number(url.port || 2375) });
    throw new SlipwayError('engine-plain', `DOCKER_HOST is ${dockerHost}, without TLS.`, {
      next: 'Whoever reaches that port is root there. Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use ssh://.',
    });
  }
  throw new SlipwayError('engine-address', `DOCKER_HOST is ${dockerHost}, which is no address of an engine.`, {
    next: 'It is unix:///path, tcp://name:2376 with DOCKER_TLS_VERIFY=1, or ssh://user@name.',
  });
}

function readKeys(folder: string | undefined): { ca: Buffer; cert: Buffer; key: Buffer } {
  try {
    const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFileSync(join(folder ?? '.', name)));
    return { ca, cert, key } as { ca: Buffer; cert: Buffer; key: Buffer };
  } catch (cause) {
    throw new SlipwayError('engine-keys', `The keys for the engine cannot be read: ${messageOf(cause)}.`, {
      next: 'DOCKER_CERT_PATH is the folder with ca.pem, cert.pem and key.pem.',
      cause,
    });
  }
}
