// The ways into a sandbox and out of its door: sockets in shared folders, or a carrier where server and engine share no host.

import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { type Dial, socketDial } from '../dial.ts';
import { ExecCarrier } from './exec-carrier.ts';

/** `sockets`: in folders of the host that are mounted into the sandbox. `exec`: through a program that the engine starts in it. */
export type Transport = 'sockets' | 'exec';

/** What a sandbox's relays lead to, as `<service>.sock` in its relay folder. The terminal is the carrier's first, which comes before the others. */
const SERVICES = ['shell', 'engine', 'registry', 'files', 'hub-registry'] as const;
export type Service = (typeof SERVICES)[number];

export interface SandboxLink {
  dial(service: Service): Dial;
  /** From now on `server` hears whoever comes through the sandbox's door. Throws where the door cannot be made. */
  openDoor(server: Server): Promise<void>;
  /** Ends what goes over it, where it can; it may be used again. */
  close(): void;
}

/** Sockets below `dir`: `relay` is the sandbox's to fill at its start, `hub` the server's. */
export class SocketLink implements SandboxLink {
  readonly relayDir: string;
  readonly hubDir: string;

  constructor(dir: string) {
    this.relayDir = join(dir, 'relay');
    this.hubDir = join(dir, 'hub');
  }

  /** Makes the two folders as they are before the sandbox starts. */
  async prepare(hubCa: string): Promise<void> {
    await mkdir(this.relayDir, { recursive: true });
    // The container's root has no DAC override: it writes here through the server's group.
    await chown(this.relayDir, -1, process.getgid?.() ?? 0);
    await chmod(this.relayDir, 0o770);
    const caDir = join(this.hubDir, 'ca');
    const caFile = join(caDir, 'slipway.crt');
    await mkdir(caDir, { recursive: true });
    await writeFile(caFile, hubCa);
    for (const dir of [this.hubDir, caDir]) await chmod(dir, 0o755);
    await chmod(caFile, 0o644);
  }

  dial(service: Service): Dial {
    return socketDial(join(this.relayDir, `${service}.sock`));
  }

  async openDoor(server: Server): Promise<void> {
    const path = join(this.hubDir, 'tls.sock');
    await rm(path, { force: true });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(path, () => {
      server.off('error', reject);
      resolve();
    });
    await promise;
    await chmod(path, 0o666);
  }

  close(): void {}
}

/** Through the carrier in the sandbox, by a program that runs as `user`: nobody's id but the relays'. */
export function execLink(docker: Docker, containerId: string, user: string): SandboxLink {
  const carrier = new ExecCarrier(docker, {
    container: containerId,
    user,
    program: '/usr/local/lib/slipway/carrier',
    door: '/hub/tls.sock',
    sockets: SERVICES.map((service) => `/relay/${service}.sock`),
  });
  return {
    dial: (service) => carrier.dial(`/relay/${service}.sock`),
    async openDoor(server) {
      carrier.onDoor = (channel) => server.emit('connection', channel);
    },
    close: () => carrier.close(),
  };
}
