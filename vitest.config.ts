// Unit tests stand beside their source and need nothing; those in tests/docker need an engine and run one file at a time.

import { defineConfig } from 'vitest/config';
import { catalogues } from './web/catalogue/plugin.ts';

export default defineConfig({
  test: {
    // A state is waited for: how long is not what is tested.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        plugins: [catalogues()],
        test: {
          name: 'unit',
          include: ['{server,protocol,web,launcher}/**/*.test.ts', 'tests/*.test.ts'],
          testTimeout: 20_000,
          // Much of the time is waiting.
          maxWorkers: 3,
          // A worker of its own would take each file a second.
          isolate: false,
        },
      },
      {
        test: {
          name: 'docker',
          include: ['tests/docker/**/*.test.ts'],
          fileParallelism: false,
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
