// The sandboxes of this server: a few warm ones in stock, the claimed ones, and never more than allowed.

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
import type { HostDisk } from './host-disk.ts';
import { Sandbox } from './sandbox.ts';
import { SandboxSpace } from './space.ts';

/** User ids of one sandbox: 65,536 of the learner's own, one for the relays, and a gap. */
const IDS_PER_SANDBOX = 100_000;
/** Docker takes no user id above 2^31-1. */
const MAX_SLOTS = 2_000;
/** Whoever just took one has its set-up running: that one comes first. */
const REFILL_AFTER_MS = 2_500;

export interface PoolOptions {
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
  hostDisk: HostDisk;
  warm: number;
  max: number;
  /** Opens a sandbox's own door to the practice Docker Hub. */
  openHub: (sandbox: Sandbox) => Promise<{ close(): Promise<void> }>;
  log: { warn(fields: object, text: string): void; info(fields: object, text: string): void };
}

export class SandboxPool {
  readonly space: SandboxSpace;
  readonly #options: PoolOptions;
  /** Every sandbox there is, by id. */
  readonly #all = new Map<string, Sandbox>();
  #warm: Sandbox[] = [];
  readonly #doors = new Map<string, { close(): Promise<void> }>();
  #making = 0;
  #filling: Promise<void> | null = null;
  #healthy = true;
  #closed = false;
  #refillTimer: NodeJS.Timeout | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    const { engine, diskMb, uidBase } = options;
    this.space = new SandboxSpace({ engine, sizeMb: diskMb, ownerOf: ({ slot }) => uidBase + slot * IDS_PER_SANDBOX });
  }

  /** Finds the sandboxes of an earlier run again; those in `claimed` stay with their learner, others become stock. */
  async adopt(claimed: ReadonlySet<string>): Promise<number> {
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
        if (!claimed.has(sandbox.id)) this.#warm.push(sandbox);
      } catch (error) {
        this.#options.log.warn({ sandbox: sandbox.id, error: messageOf(error) }, 'a sandbox could not be found again');
        await this.remove(sandbox.id);
      }
    }
    for (const stray of containers.values()) await removeSandbox(engine, stray);
    await this.#removeStrays();
    return [...this.#all.keys()].filter((id) => claimed.has(id)).length;
  }

  get(id: string): Sandbox | null {
    return this.#all.get(id) ?? null;
  }
  /** False after stock could not be made, until it can. */
  get healthy(): boolean {
    return this.#healthy;
  }
  get counts(): { all: number; warm: number; max: number } {
    return { all: this.#all.size + this.#making, warm: this.#warm.length, max: this.#options.max };
  }

  /**
   * A ready sandbox that is nobody's. Throws SlipwayError `full`, status 503, where no more may exist, and `disk-low`
   * unless it comes `instead` of one that goes.
   */
  async take({ instead = false } = {}): Promise<Sandbox> {
    const warm = this.#warm.shift();
    if (warm) {
      this.#refillSoon();
      return warm;
    }
    if (this.#filling) {
      // What is wrong is said where one is made for this learner.
      await this.#filling.catch(() => {});
      const filled = this.#warm.shift();
      if (filled) {
        this.#refillSoon();
        return filled;
      }
    }
    const { max } = this.#options;
    if (this.counts.all >= max) {
      throw new SlipwayError(
        'full',
        max === 1 ? 'The only practice computer is in use.' : `All ${max} practice computers are in use.`,
        {
          next: 'Try again in a while: a place is free when somebody stops.',
          status: 503,
        },
      );
    }
    if (!instead) await this.#options.hostDisk.mustHaveRoom();
    const sandbox = await this.#make();
    this.#refillSoon();
    return sandbox;
  }

  /** Removes a sandbox and everything in it. */
  async remove(id: string): Promise<void> {
    const sandbox = this.#all.get(id);
    if (!sandbox) return;
    this.#all.delete(id);
    this.#warm = this.#warm.filter((other) => other !== sandbox);
    await removeSandbox(this.#options.engine, sandbox);
    await this.#forget(sandbox);
    this.#refillSoon();
  }

  /** Makes stock up to the number wanted. Resolves when it is full; throws what went wrong. */
  async refill(): Promise<void> {
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  /** Removes the stock; claimed sandboxes stay for the next run. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#filling?.catch(() => {});
    await Promise.all(this.#warm.map((sandbox) => this.remove(sandbox.id)));
    await Promise.all([...this.#doors.keys()].map((id) => this.#closeDoor(id)));
  }

  #refillSoon(): void {
    this.#refillTimer ??= setTimeout(() => {
      this.#refillTimer = null;
      if (this.#closed) return;
      this.refill().catch((error) => this.#options.log.warn({ error: messageOf(error) }, 'no stock could be made'));
    }, REFILL_AFTER_MS);
    this.#refillTimer.unref();
  }

  async #fill(): Promise<void> {
    while (!this.#closed && this.#warm.length < this.#options.warm && this.counts.all < this.#options.max) {
      await this.#options.hostDisk.mustHaveRoom();
      const sandbox = await this.#make();
      this.#warm.push(sandbox);
    }
  }

  async #make(): Promise<Sandbox> {
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
      this.#healthy = true;
      const ready = placed.ready().then(() => leaveDisk(placed.diskFile));
      await ready.catch(async (error) => {
        await this.remove(placed.id);
        throw error;
      });
      return placed;
    } catch (error) {
      this.#healthy = false;
      await this.#closeDoor(sandbox.id);
      await sandbox.removeDirs();
      throw error;
    } finally {
      this.#making--;
    }
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
