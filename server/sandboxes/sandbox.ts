// One sandbox as the server uses it: its folder, its sockets, its engine, its registries and its files.

import { chmod, chown, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxEngine } from '../engine/sandbox-engine.ts';
import { SlipwayError } from '../errors.ts';
import { RegistryClient } from '../registry/client.ts';
import type { Credentials, RegistryView } from '../registry/types.ts';
import { SandboxFiles } from './files.ts';

/** The registry relay leads to this port of the learner's localhost, and to no other. */
const REGISTRY_HOSTS = ['localhost:5000', '127.0.0.1:5000'];
const HUB_HOST = 'docker.io';

export interface SandboxIdentity {
  id: string;
  slot: number;
  nonce: string;
}

export class Sandbox {
  readonly id: string;
  readonly slot: number;
  readonly nonce: string;
  readonly dir: string;
  readonly engine: SandboxEngine;
  readonly files: SandboxFiles;

  constructor(identity: SandboxIdentity, sandboxesDir: string) {
    this.id = identity.id;
    this.slot = identity.slot;
    this.nonce = identity.nonce;
    this.dir = join(sandboxesDir, identity.id);
    this.engine = new SandboxEngine(join(this.relayDir, 'engine.sock'));
    this.files = new SandboxFiles(join(this.relayDir, 'files.sock'));
  }

  /** Mounted into the sandbox; its entry makes the sockets in it, the learner cannot write it. */
  get relayDir(): string {
    return join(this.dir, 'relay');
  }
  /** Mounted read-only; holds this sandbox's own door to the practice Docker Hub. */
  get hubDir(): string {
    return join(this.dir, 'hub');
  }
  /** Its disk, where the kernel holds it; the sandbox does not see this file. */
  get diskFile(): string {
    return join(this.dir, 'disk.ext4');
  }
  get shellSocket(): string {
    return join(this.relayDir, 'shell.sock');
  }
  /** Leads to port 5000 of the learner's localhost. */
  get registrySocket(): string {
    return join(this.relayDir, 'registry.sock');
  }
  /** Leads to the registry that holds the practice account's own images; it starts at the first connection and asks nobody who they are. */
  get hubRegistrySocket(): string {
    return join(this.relayDir, 'hub-registry.sock');
  }

  /** `docker.io` is the practice account's own namespace on the practice Docker Hub. Throws SlipwayError `no-registry-link` for any other. */
  registry(host: string, credentials?: Credentials): RegistryView {
    if (REGISTRY_HOSTS.includes(host)) return new RegistryClient(host, this.registrySocket, credentials);
    if (host === HUB_HOST) return new RegistryClient(host, this.hubRegistrySocket);
    throw new SlipwayError('no-registry-link', `there is no link to a registry at ${host}`, {
      next: 'A lesson can ask for localhost:5000 and docker.io only.',
    });
  }

  /** The size of a disk of its own in bytes, or null where it has none. */
  async diskBytes(): Promise<number | null> {
    return stat(this.diskFile).then(
      ({ size }) => size,
      () => null,
    );
  }

  async makeDirs(): Promise<void> {
    const gid = process.getgid?.() ?? 0;
    await mkdir(this.relayDir, { recursive: true });
    await mkdir(this.hubDir, { recursive: true });
    // The container's root has no DAC override: it writes here through the server's group.
    await chown(this.relayDir, -1, gid);
    await chmod(this.relayDir, 0o770);
    await chmod(this.hubDir, 0o755);
  }

  async removeDirs(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }

  /** Resolves when engine and shell answer; throws SlipwayError after `timeoutMs`. */
  async ready(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (await this.engine.ping()) return;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    throw new SlipwayError('sandbox-start', `sandbox ${this.id} did not become ready in ${timeoutMs / 1000} s`, {
      next: `Look at \`docker logs slipway-sandbox-${this.slot}\`.`,
    });
  }
}
