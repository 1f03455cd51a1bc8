// Where the runs of a rehearsal are kept: a file of its own, so that nothing of them is ever in the records.

import { rmSync } from 'node:fs';
import { openDatabase } from './database.ts';
import { Store } from './store.ts';

export class RehearsalStore extends Store {
  readonly #file: string;
  readonly #sandboxes: Pick<Store, 'setUsed'>;

  /** `sandboxes`: the server's own store, which knows all of them. */
  constructor(file: string, sandboxes: Pick<Store, 'setUsed'>) {
    RehearsalStore.remove(file);
    super(openDatabase(file));
    this.#file = file;
    this.#sandboxes = sandboxes;
  }

  /** What an earlier run of the server has left. */
  static remove(file: string): void {
    for (const end of ['', '-wal', '-shm', '.reserve']) rmSync(file + end, { force: true });
  }

  /** In the server's own store it is used and nobody's: where this server is killed, the next one removes it. */
  override setSandbox(session: string, sandbox: string | null): void {
    if (sandbox !== null) {
      this.#sandboxes.setUsed(sandbox);
      // Its identity is the other store's.
      this.addSandbox({ id: sandbox, slot: 0, nonce: '' });
    }
    super.setSandbox(session, sandbox);
  }

  override close(): void {
    super.close();
    RehearsalStore.remove(this.#file);
  }
}
