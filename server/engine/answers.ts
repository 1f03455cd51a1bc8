// The answers of a sandbox's engine that we read, each with its shape. What is not of it is an `engine-odd`.

import { z } from 'zod';
import { jsonOf } from '../json.ts';
import type { EngineAnswer } from './link.ts';
import { engineOdd, engineRefused } from './problems.ts';
import type { ContainerDetail, ContainerState, EngineSize, ImageState } from './types.ts';

const MAX_ITEMS = 10_000;
const MAX_PORTS = 1_000;

// One complaint about a list, not one for each of a million items.
const texts = z.custom<string[]>(
  (value) => Array.isArray(value) && value.length <= MAX_ITEMS && value.every((item) => typeof item === 'string'),
);
const items = z.array(z.unknown()).max(MAX_ITEMS);

const imageAnswer = z.object({
  Id: z.string(),
  RepoTags: texts.nullish(),
  RepoDigests: texts.nullish(),
  Os: z.string().default(''),
  Architecture: z.string().default(''),
});
/** A container in a list, or what was just made. */
const named = z.object({ Id: z.string() });
const ended = z.object({ ExitCode: z.number().nullish() });
const containerAnswer = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  Path: z.string(),
  Args: texts.nullish(),
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    ExitCode: z.number(),
  }),
  Config: z.object({ Image: z.string(), Env: texts.nullish(), AttachStdout: z.boolean().nullish() }),
  HostConfig: z.object({
    PortBindings: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullish(),
  }),
  Mounts: z.array(
    z.object({ Type: z.string(), Name: z.string().optional(), Source: z.string().optional(), Destination: z.string() }),
  ),
});
const bytes = z.number().nonnegative();
const sizesAnswer = z.object({
  Images: items.nullish(),
  Containers: items.nullish(),
  Volumes: items.nullish(),
  BuildCache: items.nullish(),
});
const imageSize = z.object({ RepoTags: texts.nullish(), Size: bytes });
const containerSize = z.object({ Names: texts, SizeRw: bytes.nullish() });
const volumeSize = z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() });
const cacheSize = z.object({ Size: bytes });
const problemAnswer = z.object({ message: z.string() });
const progressLine = z.object({ error: z.string() });

export function readImage(answer: EngineAnswer): ImageState | null {
  return isMissing(answer) ? null : imageOf(readJson(imageAnswer, answer));
}

export function readImages(answer: EngineAnswer): ImageState[] {
  return readJson(items, answer).map((item) => imageOf(shaped(imageAnswer, item)));
}

export function readContainerIds(answer: EngineAnswer): string[] {
  return readJson(items, answer).map((item) => shaped(named, item).Id);
}

export function readCreated(answer: EngineAnswer): string {
  return readJson(named, answer).Id;
}

/** -1 where it has none. */
export function readExitCode(answer: EngineAnswer): number {
  return readJson(ended, answer).ExitCode ?? -1;
}

export function readContainer(answer: EngineAnswer): (ContainerState & ContainerDetail) | null {
  if (isMissing(answer)) return null;
  const found = readJson(containerAnswer, answer);
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ''),
    image: found.Config.Image,
    imageId: found.Image,
    state: found.State.Status,
    exitCode: found.State.ExitCode,
    ports: portsOf(found.HostConfig.PortBindings ?? {}),
    command: [found.Path, ...(found.Args ?? [])],
    attached: found.Config.AttachStdout === true,
    env: found.Config.Env ?? [],
    mounts: found.Mounts.flatMap(({ Type, Name, Source, Destination }): ContainerDetail['mounts'] => {
      if (Type !== 'volume' && Type !== 'bind') return [];
      return [{ kind: Type, source: Name ?? Source ?? '', destination: Destination }];
    }),
  };
}

export function readSizes(answer: EngineAnswer): EngineSize[] {
  const { Images, Containers, Volumes, BuildCache } = readJson(sizesAnswer, answer);
  const images = (Images ?? []).map((item) => shaped(imageSize, item));
  const nameOf = ({ RepoTags }: z.infer<typeof imageSize>) => (RepoTags ?? []).find((tag) => tag !== '<none>:<none>');
  const sum = (sizes: readonly { Size: number }[]) => sizes.reduce((all, { Size }) => all + Size, 0);
  const sizes: EngineSize[] = [
    ...images.map((image) => ({ kind: 'image' as const, name: nameOf(image) ?? '', bytes: image.Size })),
    ...(Containers ?? []).map((item) => {
      const { Names, SizeRw } = shaped(containerSize, item);
      return { kind: 'container' as const, name: Names[0]?.replace(/^\//, '') ?? '', bytes: SizeRw ?? 0 };
    }),
    ...(Volumes ?? []).map((item) => {
      const { Name, UsageData } = shaped(volumeSize, item);
      return { kind: 'volume' as const, name: Name, bytes: UsageData?.Size ?? 0 };
    }),
  ];
  return [
    ...sizes.filter(({ name }) => name !== ''),
    { kind: 'untagged', name: '', bytes: sum(images.filter((image) => nameOf(image) === undefined)) },
    { kind: 'build-cache', name: '', bytes: sum((BuildCache ?? []).map((item) => shaped(cacheSize, item))) },
  ];
}

export function isMissing({ status }: EngineAnswer): boolean {
  return status === 404;
}

/** Throws the engine's refusal. */
export function mustBeDone(answer: EngineAnswer): void {
  const { status, body } = answer;
  // 304: it is so already.
  if ((status >= 200 && status < 300) || status === 304) return;
  if (status < 400) throw engineOdd(`status ${status}`);
  const said = problemAnswer.safeParse(jsonOf(body)).data?.message;
  throw engineRefused(said ?? `status ${status}`);
}

/** The error that a line of a pull's progress tells, or null: such an answer has begun with 200. */
export function errorIn(line: string): string | null {
  return progressLine.safeParse(jsonOf(line)).data?.error ?? null;
}

/** Of this shape, or `engine-refused`, `engine-odd`. */
export function readJson<T>(schema: z.ZodType<T>, answer: EngineAnswer): T {
  mustBeDone(answer);
  const json = jsonOf(answer.body);
  if (json === undefined) throw engineOdd('something that is not JSON');
  return shaped(schema, json);
}

/** What is of this shape, or `engine-odd`. */
export function shaped<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw engineOdd('what Docker never answers', first && new Error(`${first.path.join('.')}: ${first.message}`));
}

function imageOf({ Id, RepoTags, RepoDigests, Os, Architecture }: z.infer<typeof imageAnswer>): ImageState {
  return {
    id: Id,
    tags: (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
    digests: (RepoDigests ?? []).filter((digest) => digest !== '<none>@<none>'),
    os: Os,
    architecture: Architecture,
  };
}

/** Each once, though it is bound for IPv4 and IPv6. */
function portsOf(bound: Readonly<Record<string, { HostPort: string }[] | null>>): ContainerState['ports'] {
  const ports = new Map<string, ContainerState['ports'][number]>();
  for (const [key, bindings] of Object.entries(bound)) {
    for (const { HostPort } of bindings ?? []) {
      const port = { hostPort: Number(HostPort), containerPort: Number.parseInt(key, 10) };
      if (ports.size < MAX_PORTS) ports.set(`${port.hostPort}:${port.containerPort}`, port);
    }
  }
  return [...ports.values()];
}
