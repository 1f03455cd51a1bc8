// A service of ours on the host engine: one long-lived, locked-down container, and the volumes it keeps things in.

import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { readArchive, statusOf } from './host-images.ts';
import { type LabelKind, labelFilters, labels, type Owner } from './labels.ts';

const OUTPUT_MS = 60_000;

export interface ServiceSpec {
  name: string;
  image: string;
  command: string[];
  env: string[];
  kind: LabelKind;
  owner: Owner;
  labels: Record<string, string>;
  /** `volume:/path` or `/host/folder:/path`. */
  binds: string[];
  /** A folder of its own that goes with it, and the archives that are put there before it starts. */
  scratch?: { path: string; archives: Buffer[] };
  /** Folders of its image that it may write to; what is written goes with it. */
  writable?: string[];
  /** `uid:gid` of its only process. */
  user: string;
  network: 'none' | 'bridge';
  restart: 'no' | 'unless-stopped';
}

export interface ServiceState {
  running: boolean;
  labels: Record<string, string>;
}

export class HostServices {
  readonly #engine: Docker;

  constructor(engine: Docker) {
    this.#engine = engine;
  }

  /** The container of that name, or null. */
  async state(name: string): Promise<ServiceState | null> {
    const info = await orNull(this.#engine.getContainer(name).inspect());
    return info && { running: info.State.Running, labels: info.Config.Labels };
  }

  /** Starts it with a read-only root and no capability. Throws when the name is taken; a container that cannot start is removed. */
  async start(spec: ServiceSpec): Promise<void> {
    const own = [...(spec.writable ?? []), ...(spec.scratch ? [spec.scratch.path] : [])];
    const container = await this.#engine.createContainer({
      name: spec.name,
      Image: spec.image,
      Cmd: spec.command,
      Env: spec.env,
      User: spec.user,
      // As of a sandbox: without it the engine takes longer.
      NetworkDisabled: spec.network === 'none',
      Labels: labels(spec.kind, spec.owner, spec.labels),
      Volumes: Object.fromEntries(own.map((path) => [path, {}])),
      HostConfig: {
        Binds: spec.binds,
        NetworkMode: spec.network,
        RestartPolicy: { Name: spec.restart },
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        Memory: 512 * 1024 * 1024,
        PidsLimit: 256,
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
      },
    });
    try {
      for (const archive of spec.scratch?.archives ?? []) {
        await container.putArchive(archive, { path: spec.scratch?.path ?? '/' });
      }
      await container.start();
    } catch (error) {
      await container.remove({ force: true, v: true });
      throw error;
    }
  }

  /** Removes the container, running or not; its named volumes stay. */
  async remove(name: string): Promise<void> {
    await orNull(this.#engine.getContainer(name).remove({ force: true, v: true }));
  }

  /** The last lines it printed. */
  async lastLines(name: string): Promise<string> {
    const log = await orNull(this.#engine.getContainer(name).logs({ stdout: true, stderr: true, tail: 10 }));
    // Eight bytes of stream header stand before each line.
    return log === null ? '' : log.toString('latin1').replace(/[\0-\x02]\0{3}[^]{4}/g, '');
  }

  /** What a command prints that runs in the container as its own user. Throws when it fails. */
  async output(name: string, command: string[]): Promise<string> {
    // A terminal's output is plain: without one, headers stand between its parts.
    const exec = await this.#engine.getContainer(name).exec({ Cmd: command, Tty: true, AttachStdout: true });
    const answer = await exec.start({ Tty: true });
    const late = setTimeout(
      () => answer.destroy(new Error(`${command[0]} did not end in ${OUTPUT_MS / 1000} s`)),
      OUTPUT_MS,
    );
    const said = await text(answer).finally(() => clearTimeout(late));
    const { ExitCode } = await exec.inspect();
    if (ExitCode !== 0) throw new Error(`${command[0]} ended with ${ExitCode} in ${name}: ${said.slice(0, 500)}`);
    return said;
  }

  /** Hands over a folder of the container as a tar. */
  async archive<T>(name: string, path: string, consume: (tar: Readable) => Promise<T>): Promise<T> {
    const what = `${path} of ${name}`;
    return readArchive(this.#engine.getContainer(name), { path, what, withinMs: OUTPUT_MS }, consume);
  }

  /** Makes the volume unless it exists. */
  async makeVolume(name: string, kind: LabelKind, owner: Owner): Promise<void> {
    await this.#engine.createVolume({ Name: name, Labels: labels(kind, owner) });
  }

  /** Names of the volumes of that kind and instance. */
  async volumes(kind: LabelKind, instance: string): Promise<string[]> {
    const { Volumes } = await this.#engine.listVolumes({ filters: labelFilters({ kind, instance }) });
    return Volumes.map((volume) => volume.Name);
  }

  async removeVolume(name: string): Promise<void> {
    await orNull(this.#engine.getVolume(name).remove());
  }
}

async function orNull<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
