// Unit tests stand beside their source and need nothing; those in tests/docker need an engine.

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { catalogues } from './web/catalogue/plugin.ts';

const ofDocker = (names: readonly string[]) => names.map((name) => `tests/docker/${name}.test.ts`);
/** They measure what others would disturb, or look at the whole engine: one at a time, with nothing beside them. */
const ALONE = ofDocker(['bad-input', 'bombs', 'clean', 'map', 'terminal-flow']);
/** Of those that run two at a time the longest: begun last, one of them would run for minutes by itself. */
const LONG = ofDocker([
  ...['soak', 'checks', 'survive', 'hostile-world', 'server', 'learner-image', 'line', 'space', 'holder'],
  ...['cut-lines', 'transport', 'hub', 'course', 'full-screen', 'images'],
]);

class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((file) => moduleId.endsWith(`/${file}`));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongOnesFirst },
    projects: [
      {
        plugins: [catalogues()],
        test: {
          name: 'unit',
          include: ['{server,protocol,web,launcher}/**/*.test.ts', 'tests/*.test.ts'],
          testTimeout: 20_000,
          // Much of the time is waiting.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'docker',
          include: ['tests/docker/*.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'docker-alone',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
