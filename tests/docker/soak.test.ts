// 40 cycles of create, use and destroy under random kills; `npm run soak` does 200.

import { expect, it } from 'vitest';
import { KILLS } from '../soak/kills.ts';
import { soak } from '../soak/soak.ts';

const FULL = process.env.SLIPWAY_SOAK === '1';
const CYCLES = FULL ? 200 : 40;
const SEED = Number(process.env.SLIPWAY_SOAK_SEED ?? Date.now() % 100_000);

it(`leaves nothing after ${CYCLES} cycles with random kills (seed ${SEED})`, {
  timeout: FULL ? 3_000_000 : 600_000,
}, async () => {
  const { cycles, kills, failed, left } = await soak({
    cycles: CYCLES,
    seed: SEED,
    learners: 4,
    say: (line) => console.log(line),
  });
  expect(failed).toEqual([]);
  expect(left).toEqual([]);
  expect(cycles).toBe(CYCLES);
  expect([...kills.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(CYCLES / 10);
  if (FULL) expect([...kills.keys()].sort()).toEqual([...KILLS].sort());
});
