// The map of one learner's world: read when something happened, told as differences, and only while a page shows it.

import { difference, type MapPicture, type RawAnswer } from '../../protocol/map.ts';
import type { ServerMessage } from '../../protocol/socket.ts';
import type { Dial } from '../dial.ts';
import { SlipwayError } from '../errors.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { pictureOf } from './picture.ts';
import { rawAnswerOf } from './raw-answer.ts';
import { type LessonWorld, WorldReading } from './world-reading.ts';

const CONFIG_OF = 'config ';

export type MapMessage = Extract<ServerMessage, { type: 'map' | 'map-change' }>;

export interface LearnerMapOptions {
  /** Leads to the practice Docker Hub's images. */
  hub: Dial;
  ownNamespace: string;
  sandbox: () => Sandbox | null;
  lesson: () => LessonWorld;
}

export class LearnerMap {
  readonly #options: LearnerMapOptions;
  readonly #listeners = new Set<(message: MapMessage) => void>();
  #reading: WorldReading | null = null;
  /** Null until it was read since a page began to show it. */
  #picture: MapPicture | null = null;

  constructor(options: LearnerMapOptions) {
    this.#options = options;
  }

  /** Tells the whole map as soon as it is known, then what changes, until the function that it returns is called. */
  follow(listener: (message: MapMessage) => void): () => void {
    this.#listeners.add(listener);
    if (this.#picture) listener({ type: 'map', picture: this.#picture });
    else this.#look('anywhere');
    return () => {
      this.#listeners.delete(listener);
      // Nobody is told any more, so what is known grows old.
      if (this.#listeners.size === 0) this.#picture = null;
    };
  }

  /** Something happened: in the engine only, or anywhere. */
  touch(where: 'engine' | 'anywhere'): void {
    if (this.#listeners.size > 0) this.#look(where);
  }

  /** Another sandbox, or none. */
  replaced(): void {
    this.close();
    if (this.#listeners.size > 0) this.#look('anywhere');
  }

  /**
   * The real answer behind a thing of the map; `config ` before a manifest's key asks for its config. Throws SlipwayError
   * `not-on-map`, or `no-answer`.
   */
  async raw(asked: string): Promise<RawAnswer> {
    const isConfig = asked.startsWith(CONFIG_OF);
    const key = isConfig ? asked.slice(CONFIG_OF.length) : asked;
    const thing = this.#picture && Object.hasOwn(this.#picture, key) ? this.#picture[key] : undefined;
    const sandbox = this.#options.sandbox();
    if (!thing || !sandbox || !this.#reading) {
      throw new SlipwayError('not-on-map', 'This is not on the map any more.', {
        next: 'Choose something else on the map.',
        status: 404,
      });
    }
    const registry = 'host' in thing ? this.#picture?.[`registry ${thing.host}`] : undefined;
    const user = registry?.kind === 'registry' && registry.asksLogin ? (registry.login?.user ?? null) : null;
    return rawAnswerOf({ thing, isConfig, user }, sandbox.inventory, this.#reading);
  }

  /** Stops reading; the next touch begins anew. */
  close(): void {
    this.#reading?.close();
    this.#reading = null;
  }

  #look(where: 'engine' | 'anywhere'): void {
    const sandbox = this.#options.sandbox();
    if (!sandbox) return this.#tell({ engine: { kind: 'engine', state: 'none', more: 0 } });
    this.#reading ??= new WorldReading({
      ...this.#options,
      sandbox,
      onChange: (facts) => {
        // Engine first: without it there is nothing to see.
        if (facts.engine) this.#tell(pictureOf(facts));
      },
    });
    this.#reading.touch(this.#picture ? where : 'anywhere');
  }

  #tell(picture: MapPicture): void {
    if (this.#listeners.size === 0) return;
    const before = this.#picture;
    this.#picture = picture;
    const change = before && difference(before, picture);
    if (before && !change) return;
    for (const listener of this.#listeners) {
      listener(change ? { type: 'map-change', change } : { type: 'map', picture });
    }
  }
}
