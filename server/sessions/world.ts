// The world of one session as checks see it.

import type { Journal } from '../checks/journal.ts';
import type { Latches, World } from '../checks/types.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';

export function worldOf(sandbox: Sandbox, journal: Journal, latches: Latches): World {
  return {
    engine: sandbox.engine,
    registry: (host, credentials) => sandbox.registry(host, credentials),
    files: sandbox.files,
    journal,
    latches,
  };
}
