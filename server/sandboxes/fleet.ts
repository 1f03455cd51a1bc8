// Every sandbox of this server: made, found again after a restart, removed.

import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostEngine } from '../engine/host-images.ts';
import {
  createSandbox,
  findSandboxes,
  leaveDisk,
  removeSandbox,
  removeStrayVolumes,
  startSandbox,
} from '../engine/sandbox-container.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { Sandbox } from './sandbox.ts';

/** User ids of one sandbox: 65,536 of the learner's own, one for the relays, and a gap. */
export const IDS_PER_SANDBOX = 100_000;
/** Docker takes no user id above 2^31-1. */
const MAX_SLOTS = 2_000;

export interface FleetOptions {
  engine: HostEngine;
  store: Store;
  instance: string;
  image: string;
  seccompProfile: string;
  sandboxesDir: string;
  uidBase: number;
  memoryMb: number;
  cpus: number;
  pids: number;
  diskMb: number;
  /** The kernel holds each sandbox's disk to its size; else it is only measured. */
  diskHeld: boolean;
  /** Opens a sandbox's own door to the practice Docker Hub. */
  openHub: (sandbox: Sandbox) => Promise<{ close(): Promise<void> }>;
  log: { warn(fields: object, text: string): void };
}

export class SandboxFleet {
  readonly #options: FleetOptions;
  readonly #all = new Map<string, Sandbox>();
  readonly #doors = new Map<string, { close(): Promise<void> }>();
  #making = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  get(id: string): Sandbox | null {
    return this.#all.get(id) ?? null;
  }
  /** Those being made included. */
  get size(): number {
    return this.#all.size + this.#making;
  }

  /** Finds the sandboxes of an earlier run again, starts those that stopped, and removes what is left of others. */
  async adopt(): Promise<Sandbox[]> {
    const { engine, store, instance } = this.#options;
    const containers = new Map((await findSandboxes(engine, instance)).map((found) => [found.id, found]));
    for (const row of store.sandboxes()) {
      const container = containers.get(row.id);
      containers.delete(row.id);
      const sandbox = new Sandbox(row, this.#options.sandboxesDir);
      if (!container) {
        await this.#forget(sandbox);
        continue;
      }
      this.#all.set(sandbox.id, sandbox);
      try {
        this.#doors.set(sandbox.id, await this.#options.openHub(sandbox));
        if (!container.running) {
          const hasDisk = (await sandbox.diskBytes()) !== null;
          await startSandbox(engine, container.containerId, hasDisk ? sandbox.diskFile : null);
        }
        await sandbox.ready();
        await leaveDisk(sandbox.diskFile);
      } catch (error) {
        this.#options.log.warn({ sandbox: sandbox.id, error: messageOf(error) }, 'a sandbox could not be found again');
        await this.remove(sandbox.id);
      }
    }
    for (const stray of containers.values()) await removeSandbox(engine, stray);
    await this.#removeStrays();
    return [...this.#all.values()];
  }

  /** A ready sandbox; nothing of it is left where it fails. */
  async make(): Promise<Sandbox> {
    this.#making++;
    const sandbox = new Sandbox(
      { id: randomBytes(4).toString('hex'), slot: 0, nonce: randomBytes(16).toString('hex') },
      this.#options.sandboxesDir,
    );
    try {
      await sandbox.makeDirs();
      this.#doors.set(sandbox.id, await this.#options.openHub(sandbox));
      const slot = await this.#create(sandbox);
      const placed = new Sandbox({ ...sandbox, slot }, this.#options.sandboxesDir);
      this.#options.store.addSandbox(placed);
      this.#all.set(placed.id, placed);
      const ready = placed.ready().then(() => leaveDisk(placed.diskFile));
      await ready.catch(async (error) => {
        await this.remove(placed.id);
        throw error;
      });
      return placed;
    } catch (error) {
      await this.#closeDoor(sandbox.id);
      await sandbox.removeDirs();
      throw error;
    } finally {
      this.#making--;
    }
  }

  /** Removes a sandbox and everything in it. */
  async remove(id: string): Promise<void> {
    const sandbox = this.#all.get(id);
    if (!sandbox) return;
    this.#all.delete(id);
    await removeSandbox(this.#options.engine, sandbox);
    await this.#forget(sandbox);
  }

  /** Closes the doors to the hub; the sandboxes stay for the next run. */
  async close(): Promise<void> {
    await Promise.all([...this.#doors.keys()].map((id) => this.#closeDoor(id)));
  }

  /** Takes the lowest free slot; another server on this engine may be quicker, then the next one. */
  async #create(sandbox: Sandbox): Promise<number> {
    const { engine, diskHeld, diskMb } = this.#options;
    const taken = new Set((await findSandboxes(engine)).map((found) => found.slot));
    for (let slot = 0; slot < MAX_SLOTS; slot++) {
      if (taken.has(slot)) continue;
      const made = await createSandbox(engine, {
        ...this.#options,
        id: sandbox.id,
        nonce: sandbox.nonce,
        relayDir: sandbox.relayDir,
        hubDir: sandbox.hubDir,
        slot,
        uidBase: this.#options.uidBase + slot * IDS_PER_SANDBOX,
        socketGid: process.getgid?.() ?? 0,
        disk: diskHeld ? { file: sandbox.diskFile, sizeMb: diskMb } : null,
      });
      if (made) return slot;
    }
    throw new SlipwayError('no-slot', 'no free range of user ids is left', { next: 'Run npm run clean.' });
  }

  /** What an earlier run left in the middle of making or removing a sandbox. */
  async #removeStrays(): Promise<void> {
    const { engine, instance, sandboxesDir } = this.#options;
    await removeStrayVolumes(engine, instance);
    for (const name of await readdir(sandboxesDir).catch(() => [])) {
      if (!this.#all.has(name)) await rm(join(sandboxesDir, name), { recursive: true, force: true });
    }
  }

  async #closeDoor(id: string): Promise<void> {
    const door = this.#doors.get(id);
    this.#doors.delete(id);
    await door?.close();
  }

  async #forget(sandbox: Sandbox): Promise<void> {
    await this.#closeDoor(sandbox.id);
    this.#options.store.removeSandbox(sandbox.id);
    await leaveDisk(sandbox.diskFile);
    await sandbox.removeDirs();
  }
}
