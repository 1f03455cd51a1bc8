// What was read of a learner's world, before it becomes a picture.

import type { Inventory } from '../engine/inventory.ts';

export type EngineFacts =
  /** `makes`: by image ID; one that is missing could not be read. */
  | { state: 'up'; inventory: Inventory; makes: ReadonlyMap<string, { layers: string[]; platform: string }> }
  | { state: 'away' };

/** A blob as a manifest names it. */
export interface BlobFacts {
  digest: string;
  bytes: number;
}

/** One manifest as it was served, which never changes under its digest. */
export interface ManifestFacts {
  digest: string;
  mediaType: string;
  bytes: number;
  config: BlobFacts | null;
  layers: BlobFacts[];
  /** Of the config; null where there is none that can be read. */
  diffIds: string[] | null;
  platforms: { platform: string; digest: string }[];
  odd: string | null;
}

export interface RepositoryFacts {
  name: string;
  /** The digest is null where the registry does not tell it. */
  tags: { name: string; digest: string | null }[];
  /** All that are known and served, by a tag or by their digest alone. */
  manifests: ManifestFacts[];
  /** Known, and served no more; `served`: digests of its blobs that still are, and that no served manifest needs. */
  deleted: { manifest: ManifestFacts; served: string[] }[];
}

export interface RegistryFacts {
  host: string;
  state: 'asking' | 'up' | 'login-required' | 'not-a-registry' | 'down' | 'hangs';
  asksLogin: boolean;
  repositories: RepositoryFacts[];
  /** Repositories and tags that were left out. */
  more: number;
}

export interface WorldFacts {
  engine: EngineFacts | null;
  registries: readonly RegistryFacts[];
  logins: readonly { registry: string; user: string | null }[];
}

/** Who reads an empty world: nothing was asked yet. */
export const askingOf = (host: string): RegistryFacts => ({
  host,
  state: 'asking',
  asksLogin: false,
  repositories: [],
  more: 0,
});
