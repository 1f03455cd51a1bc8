// Every sandbox of this server: made, found again after a restart, started again when it stopped, removed.

import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Owner } from '../engine/labels.ts';
import {
  createSandbox,
  type FoundSandbox,
  findSandboxes,
  findSandboxVolumes,
  leaveDisk,
  relayId,
  settleSandbox,
  startSandbox,
} from '../engine/sandbox-container.ts';
import { followSandboxes } from '../engine/sandbox-events.ts';
import { execLink, type SandboxLink, SocketLink, type Transport } from '../engine/sandbox-link.ts';
import type { TimedEngine } from '../engine/timed-engine.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { fewAtATime } from '../few-at-a-time.ts';
import type { SandboxRow, Store } from '../store/store.ts';
import { tell } from '../tally.ts';
import { Removals } from './removals.ts';
import { diskFileIn, Sandbox, type SandboxIdentity } from './sandbox.ts';

/** User ids of one sandbox: 65,536 of the learner's own, one for the relays, and a gap. */
export const IDS_PER_SANDBOX = 100_000;
/** Docker takes no user id above 2^31-1. */
const MAX_SLOTS = 2_000;
/** Found again, or started again, at the same time. */
const AT_ONCE = 4;
/** One that stops more often within the time is replaced: what stops it is in it. */
const MOST_REVIVALS = 3;
const REVIVALS_WITHIN_MS = 5 * 60_000;
/** After a restart of the engine all start at once. */
const REVIVED_WITHIN_MS = 60_000;

/** `stopped`: it is being started again; `restarted`: with its disk as it was; `gone`: for good. */
export type SandboxNews = 'stopped' | 'restarted' | 'gone';
export type SandboxListener = (id: string, news: SandboxNews) => void;

export interface FleetOptions {
  engine: TimedEngine;
  store: Store;
  owner: Owner;
  image: string;
  seccompProfile: string;
  sandboxesDir: string;
  uidBase: number;
  memoryMb: number;
  cpus: number | null;
  pids: number;
  diskMb: number;
  /** The kernel holds each sandbox's disk to its size; else it is only measured. */
  diskHeld: boolean;
  /** How new sandboxes are reached. */
  transport: Transport;
  /** The certificate of the practice Docker Hub. */
  hubCa: string;
  /** Opens a sandbox's own door to the practice Docker Hub. */
  openHub: (sandbox: Sandbox) => Promise<{ close(): Promise<void> }>;
  log: { warn(fields: object, text: string): void };
}

export class SandboxFleet {
  readonly #options: FleetOptions;
  readonly #all = new Map<string, Sandbox>();
  readonly #doors = new Map<string, { close(): Promise<void> }>();
  readonly #removals: Removals;
  readonly #making = new Set<string>();
  readonly #listeners = new Set<SandboxListener>();
  /** When it was started again, by sandbox. */
  readonly #revivals = new Map<string, number[]>();
  readonly #reviving = new Set<string>();
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #follower: { close(): void } | null = null;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#removals = new Removals({ ...options, closeDoor: (id) => this.#closeDoor(id) });
  }

  get(id: string): Sandbox | null {
    return this.#all.get(id) ?? null;
  }
  /** Those being made, and those that go but are not gone, included. */
  get size(): number {
    return this.#all.size + this.#making.size + this.#removals.holding;
  }
  get making(): number {
    return this.#making.size;
  }
  /** Those that are made and do not go. */
  get standing(): number {
    return this.#all.size;
  }
  listen(told: SandboxListener): void {
    this.#listeners.add(told);
  }

  /**
   * Finds the sandboxes of an earlier run again, starts those that stopped, and removes what is left of others. From then
   * on those that stop are started again. Throws where the engine does not answer; then all stays as it is.
   */
  async adopt(): Promise<{ found: Sandbox[]; restarted: Set<string> }> {
    const { engine, store, owner } = this.#options;
    const containers = new Map((await findSandboxes(engine, owner.instance)).map((found) => [found.id, found]));
    const restarted = new Set<string>();
    await fewAtATime(store.sandboxes(), AT_ONCE, async (row) => {
      const container = containers.get(row.id);
      await this.#adopt(row, container);
      if (container && !container.running && this.#all.has(row.id)) restarted.add(row.id);
    });
    await this.#removeStrays();
    this.#follower = followSandboxes(engine, owner.instance, () => this.#look());
    engine.onBack(() => {
      this.#removals.again();
      this.#look();
    });
    return { found: [...this.#all.values()], restarted };
  }

  /** A ready sandbox; what is left of it where it fails is removed. */
  async make(): Promise<Sandbox> {
    const beganMs = performance.now();
    const { engine, cpus } = this.#options;
    const id = randomBytes(4).toString('hex');
    const nonce = randomBytes(16).toString('hex');
    let sandbox = this.#unreached({ id, slot: 0, nonce });
    this.#making.add(id);
    try {
      sandbox = await this.#create(id, nonce);
      this.#options.store.addSandbox(sandbox);
      this.#doors.set(id, await this.#options.openHub(sandbox));
      await sandbox.ready();
      await settleSandbox(engine, { slot: sandbox.slot, cpus, diskFile: sandbox.diskFile });
      this.#all.set(id, sandbox);
      tell('sandbox-made', { ms: performance.now() - beganMs });
      return sandbox;
    } catch (error) {
      void this.#removals.remove(sandbox);
      throw error;
    } finally {
      this.#making.delete(id);
    }
  }

  /** Resolves when it is gone with everything in it, or is known not to go at once: then that is tried again. Never throws. */
  async remove(id: string): Promise<void> {
    const sandbox = this.#all.get(id);
    if (!sandbox) return;
    this.#all.delete(id);
    this.#revivals.delete(id);
    await this.#removals.remove(sandbox);
  }

  /** Closes the doors to the hub; the sandboxes stay for the next run. */
  async close(): Promise<void> {
    this.#follower?.close();
    await this.#removals.close();
    await Promise.all([...this.#doors.keys()].map((id) => this.#closeDoor(id)));
    for (const { link } of this.#all.values()) link.close();
  }

  async #adopt(row: SandboxRow, container: FoundSandbox | undefined): Promise<void> {
    if (row.spent || !container) {
      await this.#removals.remove(this.#unreached(row));
      return;
    }
    const sandbox = new Sandbox(row, this.#dirOf(row.id), this.#linkOf(container));
    try {
      this.#doors.set(sandbox.id, await this.#options.openHub(sandbox));
      if (!container.running) await this.#start(sandbox, container);
      await sandbox.ready();
      await leaveDisk(sandbox.diskFile);
      this.#all.set(sandbox.id, sandbox);
    } catch (error) {
      if (isOfEngine(error)) throw error;
      this.#options.log.warn({ sandbox: sandbox.id, error: messageOf(error) }, 'a sandbox could not be found again');
      await this.#removals.remove(sandbox);
    }
  }

  /**
   * Takes the lowest free slot whose user ids nobody has, whatever ids other servers on this engine begin with. One of them may be
   * quicker, then the next slot.
   */
  async #create(id: string, nonce: string): Promise<Sandbox> {
    const { engine, diskHeld, diskMb, hubCa, transport } = this.#options;
    const dir = this.#dirOf(id);
    const sockets = new SocketLink(dir);
    await mkdir(dir, { recursive: true });
    if (transport === 'sockets') await sockets.prepare(hubCa);
    const found = await findSandboxes(engine);
    const isTaken = (slot: number) =>
      found.some(
        (other) =>
          other.slot === slot ||
          (other.uidBase !== null && Math.abs(other.uidBase - this.#uidBaseOf(slot)) < IDS_PER_SANDBOX),
      );
    for (let slot = 0; slot < MAX_SLOTS; slot++) {
      if (isTaken(slot)) continue;
      const made = await createSandbox(engine, {
        ...this.#options,
        id,
        nonce,
        ways: transport === 'exec' ? { transport, hubCa } : { transport, ...sockets },
        slot,
        uidBase: this.#uidBaseOf(slot),
        disk: diskHeld ? { file: diskFileIn(dir), sizeMb: diskMb } : null,
      });
      if (made) return new Sandbox({ id, slot, nonce }, dir, this.#linkOf({ id, slot, transport, ...made }));
    }
    throw new SlipwayError('no-slot', 'no free range of user ids is left', { next: 'Run npm run clean.' });
  }

  async #start(sandbox: Sandbox, { containerId }: FoundSandbox): Promise<void> {
    const hasDisk = (await sandbox.diskBytes()) !== null;
    await startSandbox(this.#options.engine, containerId, hasDisk ? sandbox.diskFile : null);
  }

  /** Something stopped, or may have: looks at all, once at a time. */
  #look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#lookAround()
      .catch((error) => this.#options.log.warn({ error: messageOf(error) }, 'the sandboxes could not be looked at'))
      .finally(() => {
        this.#looking = null;
      });
  }

  async #lookAround(): Promise<void> {
    const { engine, owner } = this.#options;
    while (this.#lookAgain) {
      this.#lookAgain = false;
      const before = [...this.#all.values()];
      const containers = new Map((await findSandboxes(engine, owner.instance)).map((found) => [found.id, found]));
      const down = before.filter(({ id }) => !containers.get(id)?.running && this.#all.has(id));
      await fewAtATime(down, AT_ONCE, (sandbox) => this.#revive(sandbox, containers.get(sandbox.id)));
      // Of a call whose answer never came.
      for (const { id } of containers.values()) if (this.#isStray(id)) await this.#removeStray(id);
    }
  }

  /** In its place, with all that was on its disk; one that nobody has yet, or that cannot be, goes. */
  async #revive(sandbox: Sandbox, container: FoundSandbox | undefined): Promise<void> {
    const { store, log } = this.#options;
    const { id } = sandbox;
    if (this.#reviving.has(id)) return;
    this.#reviving.add(id);
    try {
      const isClaimed = store.sandboxes().some((row) => row.id === id && row.claimed);
      if (!isClaimed) return await this.#lose(sandbox);
      this.#tell(id, 'stopped');
      if (!container) throw new Error('its container is gone');
      if (this.#revivedLately(id).length >= MOST_REVIVALS) throw new Error('it stopped again and again');
      log.warn({ sandbox: id }, 'a sandbox stopped: it is started again');
      await this.#start(sandbox, container);
      await sandbox.ready(REVIVED_WITHIN_MS);
      await leaveDisk(sandbox.diskFile);
      this.#revivals.set(id, [...this.#revivedLately(id), performance.now()]);
      if (this.#all.has(id)) this.#tell(id, 'restarted');
    } catch (error) {
      // Then it is looked at again when the engine is back.
      if (isOfEngine(error)) return;
      log.warn({ sandbox: id, error: messageOf(error) }, 'a sandbox could not be started again: it is replaced');
      await this.#lose(sandbox);
    } finally {
      this.#reviving.delete(id);
    }
  }

  #revivedLately(id: string): number[] {
    const now = performance.now();
    return (this.#revivals.get(id) ?? []).filter((atMs) => now - atMs < REVIVALS_WITHIN_MS);
  }

  async #lose({ id }: Sandbox): Promise<void> {
    if (!this.#all.has(id)) return;
    const removal = this.remove(id);
    this.#tell(id, 'gone');
    await removal;
  }

  #tell(id: string, news: SandboxNews): void {
    for (const told of this.#listeners) told(id, news);
  }

  #isStray(id: string): boolean {
    return !this.#all.has(id) && !this.#making.has(id) && !this.#removals.has(id);
  }

  /** What an earlier run left in the middle of making or removing a sandbox. */
  async #removeStrays(): Promise<void> {
    const { engine, owner, sandboxesDir } = this.#options;
    const ids = new Set([
      ...(await findSandboxes(engine, owner.instance)).map(({ id }) => id),
      ...(await findSandboxVolumes(engine, owner.instance)),
      ...(await readdir(sandboxesDir).catch(() => [])),
    ]);
    for (const id of ids) if (this.#isStray(id)) await this.#removeStray(id);
  }

  async #removeStray(id: string): Promise<void> {
    const { sandboxesDir } = this.#options;
    if (/^[0-9a-f]{8}$/.test(id)) await this.#removals.remove(this.#unreached({ id, slot: 0, nonce: '' }));
    else await rm(join(sandboxesDir, id), { recursive: true, force: true });
  }

  #dirOf(id: string): string {
    return join(this.#options.sandboxesDir, id);
  }

  #uidBaseOf(slot: number): number {
    return this.#options.uidBase + slot * IDS_PER_SANDBOX;
  }

  /** One that is only to go. */
  #unreached(identity: SandboxIdentity): Sandbox {
    const dir = this.#dirOf(identity.id);
    return new Sandbox(identity, dir, new SocketLink(dir));
  }

  /** As it was made, whatever way new ones are reached now. */
  #linkOf({ id, slot, transport, containerId }: Omit<FoundSandbox, 'running' | 'uidBase'>): SandboxLink {
    if (transport === 'sockets') return new SocketLink(this.#dirOf(id));
    const relay = relayId(this.#uidBaseOf(slot));
    return execLink(this.#options.engine, containerId, `${relay}:${relay}`);
  }

  async #closeDoor(id: string): Promise<void> {
    const door = this.#doors.get(id);
    this.#doors.delete(id);
    await door?.close();
  }
}

/** The host engine, and no sandbox, is to blame. */
function isOfEngine(error: unknown): boolean {
  return error instanceof SlipwayError && error.code.startsWith('host-engine-');
}
