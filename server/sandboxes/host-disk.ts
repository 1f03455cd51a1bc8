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

  /** Whether enough is free in all of them. */
  async hasRoom(): Promise<boolean> {
    const found = await Promise.all(this.#folders.map((folder) => statfs(folder).catch(() => null)));
    return found.every((one) => one === null || one.bavail * one.bsize >= this.#leastBytes);
  }
}
