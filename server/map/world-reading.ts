// Everything the map knows of one sandbox: each part is read by itself, so that one that hangs holds up no other.

import type { Dial } from '../dial.ts';
import { parseReference } from '../reference.ts';
import { configPath, loginsIn } from '../registry/logins.ts';
import { RegistryReader } from '../registry/reader.ts';
import type { Credentials } from '../registry/types.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { Coalesced } from './coalesced.ts';
import { askingOf, type EngineFacts, type WorldFacts } from './facts.ts';
import { EngineReading } from './read-engine.ts';
import { HUB_HOST, HubReading, hubWanted } from './read-hub.ts';
import { RegistryReading } from './read-registry.ts';

/** The registry relay leads there. */
const REGISTRY_HOST = 'localhost:5000';
/** Checks begin at once; the map follows them. */
const GATHER_MS = 20;

/** What the lesson tells about the world. */
export interface LessonWorld {
  /** Names on Docker Hub that it speaks of. */
  hubImages: readonly string[];
  /** Users of its registry at localhost:5000, with the passwords that it shows. */
  users: Readonly<Record<string, string>>;
}

export interface WorldReadingOptions {
  sandbox: Sandbox;
  /** Where the practice Docker Hub's images are. */
  hub: Dial;
  /** Repositories below it are kept in the learner's own sandbox. */
  ownNamespace: string;
  lesson: () => LessonWorld;
  onChange: (facts: WorldFacts) => void;
}

export class WorldReading {
  readonly #options: WorldReadingOptions;
  readonly #engine: EngineReading;
  readonly #registry = new RegistryReading();
  readonly #own = new RegistryReading();
  readonly #hub: HubReading;
  readonly #readers = new Map<string, RegistryReader>();
  readonly #parts: { engine: Coalesced; registry: Coalesced; hub: Coalesced };
  #engineFacts: EngineFacts | null = null;
  #registryFacts = askingOf(REGISTRY_HOST);
  #hubFacts = askingOf(HUB_HOST);
  #logins: WorldFacts['logins'] = [];
  #closed = false;

  constructor(options: WorldReadingOptions) {
    this.#options = options;
    this.#engine = new EngineReading(options.sandbox.inventory);
    this.#hub = new HubReading(this.#reader('store', HUB_HOST, options.hub));
    const part = (read: () => Promise<void>) => new Coalesced({ read, gatherMs: GATHER_MS });
    this.#parts = {
      engine: part(() => this.#readEngine()),
      registry: part(() => this.#readRegistry()),
      hub: part(() => this.#readHub()),
    };
  }

  /** Something happened: in the engine only, or anywhere. */
  touch(where: 'engine' | 'anywhere'): void {
    this.#parts.engine.touch();
    if (where === 'engine') return;
    this.#parts.registry.touch();
    this.#parts.hub.touch();
  }

  /** To ask the registry that holds a thing; null for one that there is no way to. */
  readerOf(host: string, repository: string): RegistryReader | null {
    const { sandbox, hub, ownNamespace } = this.#options;
    if (host === REGISTRY_HOST) return this.#registryReader();
    if (host !== HUB_HOST) return null;
    return repository.startsWith(ownNamespace)
      ? this.#reader('own', HUB_HOST, sandbox.hubRegistryDial)
      : this.#reader('store', HUB_HOST, hub);
  }

  close(): void {
    this.#closed = true;
    for (const part of Object.values(this.#parts)) part.stop();
    for (const reader of this.#readers.values()) reader.close();
  }

  async #readEngine(): Promise<void> {
    const before = this.#digests();
    this.#engineFacts = await this.#engine.read();
    this.#changed();
    // Manifests that the engine came to know of may be served by their digest alone.
    if (this.#digests() === before) return;
    this.#parts.registry.touch();
    this.#parts.hub.touch();
  }

  async #readRegistry(): Promise<void> {
    const text = await this.#options.sandbox.files.read(configPath).catch(() => null);
    this.#logins = loginsIn(text) ?? [];
    const credentials = this.#credentials();
    this.#registryFacts = await this.#registry.read(
      this.#registryReader(),
      this.#hints(REGISTRY_HOST),
      credentials !== undefined,
    );
    this.#changed();
  }

  async #readHub(): Promise<void> {
    const { sandbox, ownNamespace, lesson } = this.#options;
    const images = this.#images();
    // Its registry starts at the first question: nobody asks before something was pushed there.
    const hints = new Map([...this.#hints(HUB_HOST)].filter(([name]) => name.startsWith(ownNamespace)));
    const own =
      hints.size > 0 || this.#own.knowsSomething
        ? await this.#own.read(this.#reader('own', HUB_HOST, sandbox.hubRegistryDial), hints, false)
        : null;
    this.#hubFacts = await this.#hub.read(hubWanted(lesson().hubImages, images, ownNamespace), own);
    this.#changed();
  }

  #changed(): void {
    if (this.#closed) return;
    this.#options.onChange({
      engine: this.#engineFacts,
      registries: [this.#registryFacts, this.#hubFacts],
      logins: this.#logins,
    });
  }

  /** The lesson's own, which it shows to everybody, and only while Docker has them too: what a learner keeps is not read. */
  #credentials(): Credentials | undefined {
    const user = this.#logins.find(({ registry }) => registry === REGISTRY_HOST)?.user;
    const { users } = this.#options.lesson();
    const password = user && Object.hasOwn(users, user) ? users[user] : undefined;
    return user && password ? { user, password } : undefined;
  }

  #registryReader(): RegistryReader {
    return this.#reader('registry', REGISTRY_HOST, this.#options.sandbox.registryDial, this.#credentials());
  }

  #reader(name: string, host: string, dial: Dial, credentials?: Credentials): RegistryReader {
    const key = JSON.stringify([name, credentials]);
    const known = this.#readers.get(key) ?? new RegistryReader(host, dial, credentials);
    this.#readers.set(key, known);
    return known;
  }

  #images() {
    return this.#engineFacts?.state === 'up' ? this.#engineFacts.inventory.images : [];
  }

  #digests(): string {
    return this.#images()
      .flatMap(({ digests }) => digests)
      .sort()
      .join(' ');
  }

  /** The manifests of a registry that the engine knows of, by repository. */
  #hints(host: string): Map<string, string[]> {
    const hints = new Map<string, string[]>();
    for (const name of this.#images().flatMap(({ digests }) => digests)) {
      const { reference } = parseReference(name);
      if (reference?.registry !== host || !reference.digest) continue;
      hints.set(reference.repository, [...(hints.get(reference.repository) ?? []), reference.digest]);
    }
    return hints;
  }
}
