// What a sandbox uses of its disk and what takes most of it, asked in the way that this sandbox allows.

import { type DiskUse, heldUse, largestFiles, measuredUse } from '../engine/disk-use.ts';
import type { HostEngine } from '../engine/host-images.ts';
import type { EngineSize } from '../engine/types.ts';
import type { Sandbox } from './sandbox.ts';

export interface SpaceReading extends DiskUse {
  /** By the kernel. */
  held: boolean;
}

export interface LargeThing {
  kind: EngineSize['kind'] | 'file' | 'folder';
  name: string;
  /** Bytes; of a folder the number of files in it. */
  size: number;
}

export interface SpaceOptions {
  engine: HostEngine;
  sizeMb: number;
  /** Host user id of this sandbox's root. */
  ownerOf: (sandbox: Sandbox) => number;
}

const MAX_THINGS = 5;
/** Nobody gains by removing what is smaller. */
const WORTH_BYTES = 2 ** 20;

export class SandboxSpace {
  readonly #options: SpaceOptions;

  constructor(options: SpaceOptions) {
    this.#options = options;
  }

  /** Throws where the sandbox does not answer. */
  async read(sandbox: Sandbox): Promise<SpaceReading> {
    const { engine, sizeMb } = this.#options;
    const diskBytes = await sandbox.diskBytes();
    const held = diskBytes && (await heldUse(engine, sandbox.id, diskBytes));
    if (held) return { ...held, held: true };
    return { ...(await measuredUse(engine, this.#placeOf(sandbox), sizeMb)), held: diskBytes !== null };
  }

  /** What takes most of the bytes, or the folders with the most files. What cannot be asked is left out. */
  async largest(sandbox: Sandbox, what: 'bytes' | 'files'): Promise<LargeThing[]> {
    const { engine } = this.#options;
    const [things, files] = await Promise.all([
      what === 'bytes' ? sandbox.engine.sizes().catch(() => []) : [],
      largestFiles(engine, this.#placeOf(sandbox), what).catch(() => []),
    ]);
    const all: LargeThing[] = [
      ...things.map(({ kind, name, bytes }) => ({ kind, name, size: bytes })),
      ...files.map(({ kind, path, size }) => ({ kind, name: path, size })),
    ];
    const worth = what === 'bytes' ? all.filter(({ size }) => size >= WORTH_BYTES) : all;
    return worth.sort((a, b) => b.size - a.size).slice(0, MAX_THINGS);
  }

  #placeOf(sandbox: Sandbox) {
    return { slot: sandbox.slot, owner: this.#options.ownerOf(sandbox) };
  }
}
