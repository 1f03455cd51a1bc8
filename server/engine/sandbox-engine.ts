// The learner's own engine, reached over the relayed socket of their sandbox.

import { once } from 'node:events';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { messageOf, SlipwayError, systemCode } from '../errors.ts';
import { type EventFollower, type FollowOptions, followEvents } from './events.ts';
import type { ContainerDetail, ContainerState, EngineView, ImageState, PublishedPort } from './types.ts';

const ASK_TIMEOUT_MS = 10_000;

export interface RunOptions {
  name: string;
  image: string;
  /** Instead of the image's own. */
  command?: readonly string[];
  /** `KEY=value` */
  env?: readonly string[];
  /** `/path/or/volume:/path`, of the learner's computer. */
  binds?: readonly string[];
  publish?: PublishedPort;
  /** Put into the container before it starts: absolute path → text. */
  files?: Readonly<Record<string, string>>;
}

/** Everything here throws SlipwayError `engine-away` where the engine doesn't answer. */
export class SandboxEngine implements EngineView {
  /** For questions, with a time limit. */
  readonly #docker: Docker;
  /** For streams and work without one. */
  readonly #unhurried: Docker;

  constructor(socketPath: string) {
    this.#docker = new Docker({ socketPath, timeout: ASK_TIMEOUT_MS });
    this.#unhurried = new Docker({ socketPath });
  }

  async ping(): Promise<boolean> {
    return this.#docker.ping().then(
      () => true,
      () => false,
    );
  }

  async image(reference: string): Promise<ImageState | null> {
    const found = await orNull(this.#docker.getImage(reference).inspect());
    if (!found) return null;
    return {
      id: found.Id,
      tags: found.RepoTags ?? [],
      digests: found.RepoDigests ?? [],
      os: found.Os,
      architecture: found.Architecture,
    };
  }

  async images(): Promise<ImageState[]> {
    const found = await ours(this.#docker.listImages());
    return found.map((image) => ({
      id: image.Id,
      tags: (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
      digests: (image.RepoDigests ?? []).filter((digest) => digest !== '<none>@<none>'),
      os: '',
      architecture: '',
    }));
  }

  async containers(): Promise<ContainerState[]> {
    const list = await ours(this.#docker.listContainers({ all: true }));
    const states = await Promise.all(list.slice(0, 200).map((item) => this.#container(item.Id)));
    return states.filter((state) => state !== null);
  }

  async #container(id: string): Promise<ContainerState | null> {
    const found = await orNull(this.#docker.getContainer(id).inspect());
    if (!found) return null;
    const ports = new Map<string, { hostPort: number; containerPort: number }>();
    for (const [key, bindings] of Object.entries(found.HostConfig.PortBindings ?? {})) {
      for (const binding of (bindings as { HostPort: string }[] | null) ?? []) {
        const port = { hostPort: Number(binding.HostPort), containerPort: Number.parseInt(key, 10) };
        ports.set(`${port.hostPort}:${port.containerPort}`, port);
      }
    }
    return {
      id: found.Id,
      name: found.Name.replace(/^\//, ''),
      image: found.Config.Image,
      imageId: found.Image,
      state: found.State.Status as ContainerState['state'],
      exitCode: found.State.ExitCode,
      ports: [...ports.values()],
      command: [found.Path, ...(found.Args ?? [])],
      attached: found.Config.AttachStdout === true,
    };
  }

  async container(name: string): Promise<ContainerDetail | null> {
    const found = await orNull(this.#docker.getContainer(name).inspect());
    if (!found) return null;
    const mounts = found.Mounts.flatMap((mount): ContainerDetail['mounts'] => {
      if (mount.Type !== 'volume' && mount.Type !== 'bind') return [];
      return [{ kind: mount.Type, source: mount.Name ?? mount.Source, destination: mount.Destination }];
    });
    return { env: found.Config.Env ?? [], mounts };
  }

  /** Calls `onEvent` for what happens from `sinceMs` on, through restarts of the engine, until it is closed. */
  follow(options: FollowOptions): EventFollower {
    return followEvents(this.#unhurried, options);
  }

  // What follows changes the engine; only a lesson's set-up and its proof do so.

  async pull(reference: string): Promise<void> {
    const stream = await ours(this.#unhurried.pull(reference));
    await this.#finished(stream);
  }

  async tag(source: string, repository: string, tag: string): Promise<void> {
    await ours(this.#docker.getImage(source).tag({ repo: repository, tag }));
  }

  /**
   * Removes a name, and the image with its last one. Nothing happens where there is none. False where a container
   * keeps the image.
   */
  async removeImage(reference: string): Promise<boolean> {
    try {
      await orNull(this.#docker.getImage(reference).remove());
      return true;
    } catch (error) {
      if (statusOf(error) === 409) return false;
      throw error;
    }
  }

  async removeContainer(name: string): Promise<void> {
    await orNull(this.#docker.getContainer(name).remove({ force: true, v: true }));
  }

  /** Volumes stay when the containers that used them go. Nothing happens where there is none. */
  async removeVolume(name: string): Promise<void> {
    await orNull(this.#docker.getVolume(name).remove({ force: true }));
  }

  /** As `docker run -d`. */
  async run(options: RunOptions): Promise<void> {
    const { name, image, command, env, binds, publish, files = {} } = options;
    const port = publish && `${publish.containerPort}/tcp`;
    const container = await ours(
      this.#docker.createContainer({
        name,
        Image: image,
        Cmd: command && command.length > 0 ? [...command] : undefined,
        Env: env && [...env],
        ExposedPorts: port ? { [port]: {} } : undefined,
        HostConfig: {
          Binds: binds && [...binds],
          PortBindings: port ? { [port]: [{ HostPort: String(publish.hostPort) }] } : undefined,
        },
      }),
    );
    if (Object.keys(files).length > 0) await ours(container.putArchive(await archiveOf(files), { path: '/' }));
    await ours(container.start());
  }

  async start(name: string): Promise<void> {
    await ours(this.#docker.getContainer(name).start());
  }

  /** Ends it at once. Nothing happens where it does not run. */
  async stop(name: string): Promise<void> {
    await orNull(this.#docker.getContainer(name).stop({ t: 0 }));
  }

  /** The exit code of a program in a running container; its output is let go. */
  async exec(container: string, command: readonly string[]): Promise<number> {
    const exec = await ours(
      this.#docker.getContainer(container).exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true }),
    );
    const output = await ours(exec.start({}));
    await once(output.resume(), 'end');
    return (await ours(exec.inspect())).ExitCode ?? -1;
  }

  #finished(stream: NodeJS.ReadableStream): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#unhurried.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
    });
  }
}

async function archiveOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [path, text] of Object.entries(files)) archive.entry({ name: path.slice(1), mode: 0o644 }, text);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Null for 404; everything else as `ours`. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return ours(answer).catch((error) => {
    if (statusOf(error) === 404) return null;
    throw error;
  });
}

/** The answer, or `engine-away` where there was none; an engine's own refusal is thrown as it is. */
async function ours<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) !== undefined) throw error;
    throw new SlipwayError(
      'engine-away',
      `the sandbox's engine does not answer (${systemCode(error) ?? messageOf(error)})`,
      {
        next: 'Wait a moment: it is started again by itself. Otherwise start again with a fresh sandbox.',
        cause: error,
      },
    );
  }
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
