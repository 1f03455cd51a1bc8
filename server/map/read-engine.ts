// Reads a sandbox's engine for the map; what an image is made of is asked once.

import type { EngineInventory, ImageMake } from '../engine/inventory.ts';
import { fewAtATime } from '../few-at-a-time.ts';
import type { EngineFacts } from './facts.ts';

const AT_ONCE = 4;

export class EngineReading {
  readonly #inventory: EngineInventory;
  #makes = new Map<string, ImageMake>();

  constructor(inventory: EngineInventory) {
    this.#inventory = inventory;
  }

  /** Never throws: an engine that cannot be asked is away. */
  async read(): Promise<EngineFacts> {
    try {
      const inventory = await this.#inventory.all();
      const makes = new Map<string, ImageMake>();
      await fewAtATime(inventory.images, AT_ONCE, async ({ id }) => {
        // One odd image is drawn without its layers.
        const make = this.#makes.get(id) ?? (await this.#inventory.makeOf(id).catch(() => null));
        if (make) makes.set(id, make);
      });
      this.#makes = makes;
      return { state: 'up', inventory, makes };
    } catch {
      return { state: 'away' };
    }
  }
}
