// All needs of the host, in the order in which they are mended.

import type { Config } from '../config.ts';
import type { Progress } from '../progress.ts';
import { engineNeeds } from './engine.ts';
import { machineNeeds, thisMachine } from './machine.ts';
import type { Need } from './need.ts';
import { probeNeeds } from './probe.ts';

/** What can be told at once, without making anything. */
export async function quickNeeds(config: Config): Promise<Need[]> {
  const machine = await machineNeeds(thisMachine(), config);
  return [...machine, ...(await engineNeeds(config)).needs];
}

/** Everything; a sandbox is tried where nothing speaks against it. `onNeed` hears of each as it is known. */
export async function allNeeds(config: Config, progress: Progress, onNeed: (need: Need) => void): Promise<Need[]> {
  const needs = await quickNeeds(config);
  needs.forEach(onNeed);
  if (needs.some(({ state, id }) => state === 'fail' && id !== 'port')) return needs;
  const probed = await probeNeeds(config, progress);
  probed.forEach(onNeed);
  return [...needs, ...probed];
}
