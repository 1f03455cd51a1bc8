// The host's own disk: when little of it is free, no new sandbox is made, and those that are there go on.

import { statfs } from 'node:fs/promises';

export class HostDisk {
  readonly #folders: readonly string[];
  readonly #leastBytes: number;

  /** A folder that this server does not see is left out: an engine may keep its own elsewhere. */
  constructor(folders: readonly string[], leastMb: number) {
    this.#folders = folders;
    this.#leastBytes = leastMb * 2 ** 20;
  }

  /** So much stays free. */
  get leastBytes(): number {
    return this.#leastBytes;
  }

  /** Whether enough is free in all of them. */
  async hasRoom(): Promise<boolean> {
    return ((await this.freeBytes()) ?? this.#leastBytes) >= this.#leastBytes;
  }

  /** In the fullest of them; null where none is seen. */
  async freeBytes(): Promise<number | null> {
    const found = await Promise.all(this.#folders.map((folder) => statfs(folder).catch(() => null)));
    const free = found.flatMap((one) => (one === null ? [] : one.bavail * one.bsize));
    return free.length === 0 ? null : Math.min(...free);
  }
}
