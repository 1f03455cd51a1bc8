// The host's own disk: when little of it is free, no new sandbox is made, and those that are there go on.

import { statfs } from 'node:fs/promises';
import { SlipwayError } from '../errors.ts';

export class HostDisk {
  readonly #folders: readonly string[];
  readonly #leastBytes: number;

  /** A folder that this server does not see is left out: an engine may keep its own elsewhere. */
  constructor(folders: readonly string[], leastMb: number) {
    this.#folders = folders;
    this.#leastBytes = leastMb * 2 ** 20;
  }

  /** Throws SlipwayError `disk-low`, status 503. */
  async mustHaveRoom(): Promise<void> {
    for (const folder of this.#folders) {
      const found = await statfs(folder).catch(() => null);
      if (!found || found.bavail * found.bsize >= this.#leastBytes) continue;
      throw new SlipwayError('disk-low', "This server's disk is nearly full: no new practice computer can be made.", {
        next: 'Computers that are in use go on. Try again in a while, or tell whoever runs this server.',
        status: 503,
      });
    }
  }
}
