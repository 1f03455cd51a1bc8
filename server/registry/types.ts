// What the rest of the server knows of a registry, in the words of the OCI distribution specification.

export interface Manifest {
  /** Digest of the manifest's bytes as served, `sha256:…`. */
  digest: string;
  mediaType: string;
  /** Digest of the config blob: the image ID in the classic image store. Null for a list of platforms. */
  configDigest: string | null;
  layerDigests: string[];
}

export interface Credentials {
  user: string;
  password: string;
}

/** Whether something answers at the registry's address. `down` is the learner's world, not a fault of ours. */
export type RegistryStatus = 'up' | 'login-required' | 'not-a-registry' | 'down';

/** What a check may ask of a registry. While it is down everything but `status` throws RegistryDown. */
export interface RegistryView {
  readonly host: string;
  status(): Promise<RegistryStatus>;
  repositories(): Promise<string[]>;
  /** The repository's tags, or null where there is no such repository. */
  tags(repository: string): Promise<string[] | null>;
  /** The manifest of a tag or digest, or null. */
  manifest(repository: string, reference: string): Promise<Manifest | null>;
  /** The digest that who sends no Accept header is told: of schema 1, to which old registries convert. Null without the tag. */
  oldDigest(repository: string, tag: string): Promise<string | null>;
  /** Whether the repository serves a blob of this digest. */
  hasBlob(repository: string, digest: string): Promise<boolean>;
}

export class RegistryDown extends Error {
  readonly host: string;
  /** It took the question, and gave no answer in time. */
  readonly isLate: boolean;
  constructor(host: string, cause?: unknown, isLate = false) {
    super(`nothing answers at ${host}`, { cause });
    this.name = 'RegistryDown';
    this.host = host;
    this.isLate = isLate;
  }
}
