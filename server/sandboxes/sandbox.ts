// One sandbox as the server uses it: its folder, the ways into it, its engine, its registries and its files.

import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dial } from '../dial.ts';
import { EngineInventory } from '../engine/inventory.ts';
import { SandboxEngine } from '../engine/sandbox-engine.ts';
import type { SandboxLink } from '../engine/sandbox-link.ts';
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
  readonly link: SandboxLink;
  readonly engine: SandboxEngine;
  /** For who looks at all of it. */
  readonly inventory: EngineInventory;
  readonly files: SandboxFiles;

  constructor(identity: SandboxIdentity, dir: string, link: SandboxLink) {
    this.id = identity.id;
    this.slot = identity.slot;
    this.nonce = identity.nonce;
    this.dir = dir;
    this.link = link;
    this.engine = new SandboxEngine(link.dial('engine'));
    this.inventory = new EngineInventory(link.dial('engine'));
    this.files = new SandboxFiles(link.dial('files'));
  }

  /** Its disk, where the kernel holds it; the sandbox does not see this file. */
  get diskFile(): string {
    return diskFileIn(this.dir);
  }
  /** Who holds its terminals. */
  get shell(): Dial {
    return this.link.dial('shell');
  }
  /** One of its terminals, from 0 on. What it shows is kept in a file that the sandbox does not see. */
  terminal(terminal: number) {
    const screenFile = join(this.dir, terminal === 0 ? 'screen.json' : `screen-${terminal}.json`);
    return { shell: this.shell, terminal, nonce: this.nonce, screenFile };
  }
  /** Leads to port 5000 of the learner's localhost. */
  get registryDial(): Dial {
    return this.link.dial('registry');
  }
  /** Leads to the registry that holds the practice account's own images; it starts at the first connection and asks nobody who they are. */
  get hubRegistryDial(): Dial {
    return this.link.dial('hub-registry');
  }

  /** `docker.io` is the practice account's own namespace on the practice Docker Hub. Throws SlipwayError `no-registry-link` for any other. */
  registry(host: string, credentials?: Credentials): RegistryView {
    if (REGISTRY_HOSTS.includes(host)) return new RegistryClient(host, this.registryDial, credentials);
    if (host === HUB_HOST) return new RegistryClient(host, this.hubRegistryDial);
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

  async removeDir(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }

  /** Resolves when engine and shell answer; throws SlipwayError after `timeoutMs`. */
  async ready(timeoutMs = 30_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (performance.now() < deadline) {
      if (await this.engine.ping()) return;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    throw new SlipwayError('sandbox-start', `sandbox ${this.id} did not become ready in ${timeoutMs / 1000} s`, {
      next: `Look at \`docker logs slipway-sandbox-${this.slot}\`.`,
    });
  }
}

/** Where the disk of the sandbox with this folder is. */
export function diskFileIn(dir: string): string {
  return join(dir, 'disk.ext4');
}
