// What the rest of the server knows of an engine: our own few types, so that dockerode's stay in this folder.

export interface ImageState {
  /** Image ID: the digest of the image's config, `sha256:…`. */
  id: string;
  /** Familiar names with tag, `nginx:latest`, `localhost:5000/mynginx:1.0`. */
  tags: string[];
  /** `repository@sha256:…`, one for each repository it was pulled from or pushed to. */
  digests: string[];
  os: string;
  architecture: string;
}

export interface PublishedPort {
  hostPort: number;
  containerPort: number;
}

export interface ContainerState {
  id: string;
  /** Without the leading slash. */
  name: string;
  /** As it was typed when the container was made. */
  image: string;
  imageId: string;
  state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  exitCode: number;
  /** Published ports, each once, even where it is bound for IPv4 and IPv6. */
  ports: PublishedPort[];
  /** Entry point and arguments. */
  command: string[];
  /** True when it was started without -d: somebody's terminal shows its output. */
  attached: boolean;
}

export interface ContainerDetail {
  /** `KEY=value`, the image's own included. */
  env: string[];
  /** Volumes by their name, folders by their path on the learner's computer. */
  mounts: { kind: 'volume' | 'bind'; source: string; destination: string }[];
}

export interface EngineEvent {
  kind: 'image' | 'container';
  /** `pull`, `tag`, `untag`, `delete`, `push`; `create`, `start`, `die`, `stop`, `destroy`, `rename`… */
  action: string;
  /** pull and push: the reference; tag, untag, delete: the image ID; container: its id. */
  id: string;
  /** tag: the new reference; container: its name; otherwise as the engine gives it. */
  name: string;
  /** container events: the image it was made from. */
  image?: string;
  exitCode?: number;
  /** Milliseconds since 1970. */
  atMs: number;
}

/** What of an engine takes space. */
export interface EngineSize {
  /** `untagged`: all images without a name, together; `build-cache`: all of it. */
  kind: 'image' | 'untagged' | 'container' | 'volume' | 'build-cache';
  /** Empty where it stands for several. */
  name: string;
  bytes: number;
}

/** What a check may ask of the learner's engine. It observes and never changes anything. */
export interface EngineView {
  /** The image that this reference or ID names, or null. */
  image(reference: string): Promise<ImageState | null>;
  images(): Promise<ImageState[]>;
  /** All containers, also those that have stopped. */
  containers(): Promise<ContainerState[]>;
  /** More of one container, by name or id; null where there is none. */
  container(name: string): Promise<ContainerDetail | null>;
}
