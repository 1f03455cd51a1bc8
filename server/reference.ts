// The name of an image, `[registry/]repository[:tag][@digest]`: parsed by Docker's rules, written out and compared.

/** Why a text is no reference, by a code that callers can explain. */
export type ReferenceProblem =
  | 'empty'
  | 'too-long'
  | 'space'
  | 'url'
  | 'uppercase'
  | 'bad-registry'
  | 'bad-repository'
  | 'empty-tag'
  | 'bad-tag'
  | 'bad-digest'
  | 'image-id';

export type ParsedReference =
  | { reference: Reference; problem?: never }
  | { reference?: never; problem: ReferenceProblem };

const defaultRegistry = 'docker.io';
const officialPrefix = 'library/';

// The grammar: https://pkg.go.dev/github.com/distribution/reference
const registryPattern =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::[0-9]+)?$/i;
const componentPattern = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** An image of the practice Docker Hub, without its tag: `learner/` is each learner's own. */
export const HUB_IMAGE_NAME = /^(?!learner\/)[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)?$/;

export class Reference {
  readonly registry: string;
  /** With `library/` for Docker Hub's official images. */
  readonly repository: string;
  /** Null only where a digest stands alone. */
  readonly tag: string | null;
  readonly digest: string | null;

  constructor(registry: string, repository: string, tag: string | null, digest: string | null) {
    this.registry = registry;
    this.repository = repository;
    this.tag = tag;
    this.digest = digest;
  }

  /** What people and Docker's own listings write: `nginx:latest`, `localhost:5000/mynginx:1.0`. */
  get familiar(): string {
    return this.familiarName + this.#version;
  }

  /** The familiar form without tag and digest. */
  get familiarName(): string {
    if (this.registry !== defaultRegistry) return `${this.registry}/${this.repository}`;
    return isOfficial(this.repository) ? this.repository.slice(officialPrefix.length) : this.repository;
  }

  get isOnDockerHub(): boolean {
    return this.registry === defaultRegistry;
  }

  /** The normal form, with registry and tag written out: `docker.io/library/nginx:latest`. */
  toString(): string {
    return `${this.registry}/${this.repository}${this.#version}`;
  }

  equals(other: Reference): boolean {
    return this.toString() === other.toString();
  }

  get #version(): string {
    return (this.tag === null ? '' : `:${this.tag}`) + (this.digest === null ? '' : `@${this.digest}`);
  }
}

/** The reference that Docker reads in this text, or why there is none. Never throws. */
export function parseReference(text: string): ParsedReference {
  if (text === '') return { problem: 'empty' };
  if (text.length > 600) return { problem: 'too-long' };
  if (/\s/.test(text)) return { problem: 'space' };
  if (/^[a-z]+:\/\//i.test(text)) return { problem: 'url' };
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(text)) return { problem: 'image-id' };

  const at = text.indexOf('@');
  const digest = at === -1 ? null : text.slice(at + 1);
  if (digest !== null && !digestPattern.test(digest)) return { problem: 'bad-digest' };
  const named = at === -1 ? text : text.slice(0, at);

  // A colon after the last slash begins the tag; one before it is the registry's port.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon === -1 ? null : named.slice(colon + 1);
  if (tag === '') return { problem: 'empty-tag' };
  if (tag !== null && !tagPattern.test(tag)) return { problem: 'bad-tag' };

  const { registry, path } = splitRegistry(colon === -1 ? named : named.slice(0, colon));
  if (!registryPattern.test(registry)) return { problem: 'bad-registry' };
  if (/[A-Z]/.test(path)) return { problem: 'uppercase' };
  if (!path.split('/').every((part) => componentPattern.test(part))) return { problem: 'bad-repository' };
  if (path.length > 255) return { problem: 'too-long' };

  const repository = registry === defaultRegistry && !path.includes('/') ? officialPrefix + path : path;
  return { reference: new Reference(registry, repository, tag ?? (digest === null ? 'latest' : null), digest) };
}

/** The reference in a text that is known to be one, as in a lesson; throws on anything else. */
export function reference(text: string): Reference {
  const parsed = parseReference(text);
  if (parsed.reference) return parsed.reference;
  throw new TypeError(`not an image reference (${parsed.problem}): ${text}`);
}

/** Whether both texts are references to the same name. */
export function sameReference(a: string, b: string): boolean {
  const [one, other] = [parseReference(a).reference, parseReference(b).reference];
  return one !== undefined && other !== undefined && one.equals(other);
}

function splitRegistry(name: string): { registry: string; path: string } {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  // Capitals make a registry, too, as no repository may have them.
  if (!/[.:A-Z]/.test(first) && first !== 'localhost') return { registry: defaultRegistry, path: name };
  const registry = first === 'index.docker.io' ? defaultRegistry : first;
  return { registry, path: name.slice(slash + 1) };
}

function isOfficial(repository: string): boolean {
  return repository.startsWith(officialPrefix) && !repository.slice(officialPrefix.length).includes('/');
}
