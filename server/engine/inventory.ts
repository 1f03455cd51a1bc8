// All that a sandbox's engine has, in few questions, over connections of its own: whoever asks for it is in nobody's way.

import { z } from 'zod';
import type { Dial } from '../dial.ts';
import { readJson, shaped } from './answers.ts';
import { EngineLink, encoded } from './link.ts';

const ASK_MS = 4_000;
const MAX_LIST_BYTES = 4 * 1024 * 1024;
const MAX_BYTES = 1024 * 1024;
const MAX_ITEMS = 500;

const strings = z.array(z.string()).max(10_000);
const list = z.array(z.unknown()).max(10_000);
const imageItem = z.object({
  Id: z.string(),
  RepoTags: strings.nullish(),
  RepoDigests: strings.nullish(),
  Size: z.number().nonnegative().default(0),
});
const containerItem = z.object({
  Id: z.string(),
  Names: strings.nullish(),
  Image: z.string(),
  ImageID: z.string().default(''),
  State: z.string(),
  Ports: z
    .array(z.object({ PrivatePort: z.number(), PublicPort: z.number().optional() }))
    .max(1_000)
    .nullish(),
});
const imageDetail = z.object({
  Os: z.string().default(''),
  Architecture: z.string().default(''),
  RootFS: z.object({ Layers: strings.nullish() }).nullish(),
});

export interface InventoryImage {
  id: string;
  tags: string[];
  digests: string[];
  bytes: number;
}
export interface InventoryContainer {
  id: string;
  name: string;
  image: string;
  imageId: string;
  state: string;
  ports: { hostPort: number; containerPort: number }[];
}
export interface Inventory {
  images: InventoryImage[];
  containers: InventoryContainer[];
  /** How many were left out: more than 500 of either. */
  more: number;
}
export interface ImageMake {
  /** Diff ids, the base first. */
  layers: string[];
  platform: string;
}

/** Everything throws as SandboxEngine does. */
export class EngineInventory {
  readonly #link: EngineLink;

  constructor(dial: Dial) {
    this.#link = new EngineLink(dial);
  }

  async all(): Promise<Inventory> {
    const [imageList, containerList] = await Promise.all([
      this.#get('/images/json', {}, MAX_LIST_BYTES),
      this.#get('/containers/json', { all: '1' }, MAX_LIST_BYTES),
    ]);
    const images = readJson(list, imageList).map((item) => imageOf(shaped(imageItem, item)));
    const containers = readJson(list, containerList).map((item) => containerOf(shaped(containerItem, item)));
    return {
      images: images.slice(0, MAX_ITEMS),
      containers: containers.slice(0, MAX_ITEMS),
      more: Math.max(0, images.length - MAX_ITEMS) + Math.max(0, containers.length - MAX_ITEMS),
    };
  }

  /** What an image is made of, which never changes; null where it is gone. */
  async makeOf(id: string): Promise<ImageMake | null> {
    const answer = await this.#get(`/images/${encoded(id)}/json`, {}, MAX_BYTES);
    if (answer.status === 404) return null;
    const { Os, Architecture, RootFS } = readJson(imageDetail, answer);
    return { layers: RootFS?.Layers ?? [], platform: [Os, Architecture].filter(Boolean).join('/') };
  }

  /** The engine's own answer, as text. */
  async raw(path: string): Promise<string> {
    return (await this.#get(path, {}, MAX_BYTES)).body.toString('utf8');
  }

  #get(path: string, query: Record<string, string>, maxBytes: number) {
    return this.#link.ask({ method: 'GET', path, query }, { withinMs: ASK_MS, maxBytes });
  }
}

function imageOf({ Id, RepoTags, RepoDigests, Size }: z.infer<typeof imageItem>): InventoryImage {
  return {
    id: Id,
    tags: (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>').sort(),
    digests: (RepoDigests ?? []).filter((digest) => digest !== '<none>@<none>').sort(),
    bytes: Size,
  };
}

function containerOf({ Id, Names, Image, ImageID, State, Ports }: z.infer<typeof containerItem>): InventoryContainer {
  const ports = new Map<string, { hostPort: number; containerPort: number }>();
  for (const { PublicPort, PrivatePort } of Ports ?? []) {
    // Each once, though it is bound for IPv4 and IPv6.
    if (PublicPort) ports.set(`${PublicPort} ${PrivatePort}`, { hostPort: PublicPort, containerPort: PrivatePort });
  }
  return {
    id: Id,
    name: Names?.[0]?.replace(/^\//, '') ?? '',
    image: Image,
    imageId: ImageID,
    state: State,
    ports: [...ports.values()],
  };
}
