// The learner's own engine, reached through the relay of their sandbox.

import type { Dial } from '../dial.ts';
import {
  errorIn,
  isMissing,
  mustBeDone,
  readContainer,
  readContainerIds,
  readCreated,
  readExitCode,
  readImage,
  readImages,
  readSizes,
} from './answers.ts';
import { archiveOf } from './archive.ts';
import { type EventFollower, type FollowOptions, followEvents } from './events.ts';
import { boundedLines } from './lines.ts';
import { bodyOf, type EngineAnswer, EngineLink, type EngineRequest, encoded, problemOf } from './link.ts';
import { engineHangs, engineRefused } from './problems.ts';
import type { ContainerDetail, ContainerState, EngineSize, EngineView, ImageState, PublishedPort } from './types.ts';

const ASK_MS = 4_000;
const CHANGE_MS = 30_000;
const TRANSFER_MS = 5 * 60_000;

// A container's answer is asked for many times in one evaluation, a list once.
const MAX_LIST_BYTES = 4 * 1024 * 1024;
const MAX_IMAGE_BYTES = 2 * 1024 * 1024;
const MAX_BYTES = 256 * 1024;
const MAX_CONTAINERS = 200;

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

/** Everything here throws SlipwayError `engine-away`, `engine-hangs`, `engine-odd`, or `engine-refused` where it says no. */
export class SandboxEngine implements EngineView {
  readonly #link: EngineLink;

  constructor(dial: Dial) {
    this.#link = new EngineLink(dial);
  }

  async ping(): Promise<boolean> {
    return this.#get('/_ping').then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  async image(reference: string): Promise<ImageState | null> {
    return readImage(await this.#get(`/images/${encoded(reference)}/json`, {}, MAX_IMAGE_BYTES));
  }

  async images(): Promise<ImageState[]> {
    return readImages(await this.#get('/images/json', {}, MAX_LIST_BYTES));
  }

  /** The newest 200. */
  async containers(): Promise<ContainerState[]> {
    const query = { all: '1', limit: String(MAX_CONTAINERS) };
    const ids = readContainerIds(await this.#get('/containers/json', query, MAX_LIST_BYTES));
    const found = await Promise.all(ids.slice(0, MAX_CONTAINERS).map((id) => this.#container(id)));
    return found.filter((container) => container !== null);
  }

  async container(name: string): Promise<ContainerDetail | null> {
    return this.#container(name);
  }

  /** What takes space, in no order. */
  async sizes(): Promise<EngineSize[]> {
    return readSizes(await this.#get('/system/df', {}, MAX_LIST_BYTES));
  }

  async #container(name: string): Promise<(ContainerState & ContainerDetail) | null> {
    return readContainer(await this.#get(`/containers/${encoded(name)}/json`));
  }

  /** Calls `onEvent` for what happens from `sinceMs` on, through restarts of the engine, until it is closed. */
  follow(options: FollowOptions): EventFollower {
    return followEvents(this.#link, options);
  }

  // What follows changes the engine; only a lesson's set-up and its proof do so.

  async pull(reference: string): Promise<void> {
    await this.#transfer({ method: 'POST', path: '/images/create', query: { fromImage: reference } });
  }

  async tag(source: string, repository: string, tag: string): Promise<void> {
    const path = `/images/${encoded(source)}/tag`;
    mustBeDone(await this.#change({ method: 'POST', path, query: { repo: repository, tag } }));
  }

  /**
   * Removes a name, and the image with its last one. Nothing happens where there is none. False where a container
   * keeps the image.
   */
  async removeImage(reference: string): Promise<boolean> {
    const answer = await this.#change({ method: 'DELETE', path: `/images/${encoded(reference)}` });
    if (answer.status === 409) return false;
    mustBeDoneOrMissing(answer);
    return true;
  }

  async removeContainer(name: string): Promise<void> {
    const path = `/containers/${encoded(name)}`;
    mustBeDoneOrMissing(await this.#change({ method: 'DELETE', path, query: { force: '1', v: '1' } }));
  }

  /** Volumes stay when the containers that used them go. Nothing happens where there is none. */
  async removeVolume(name: string): Promise<void> {
    const path = `/volumes/${encoded(name)}`;
    mustBeDoneOrMissing(await this.#change({ method: 'DELETE', path, query: { force: '1' } }));
  }

  /** As `docker run -d`. */
  async run(options: RunOptions): Promise<void> {
    const { name, image, command, env, binds, publish, files = {} } = options;
    const port = publish && `${publish.containerPort}/tcp`;
    const body = {
      Image: image,
      Cmd: command && command.length > 0 ? command : undefined,
      Env: env,
      ExposedPorts: port ? { [port]: {} } : undefined,
      HostConfig: {
        Binds: binds,
        PortBindings: port ? { [port]: [{ HostPort: String(publish.hostPort) }] } : undefined,
      },
    };
    const id = readCreated(await this.#change({ method: 'POST', path: '/containers/create', query: { name }, body }));
    if (Object.keys(files).length > 0) {
      const archive = await archiveOf(files);
      const path = `/containers/${encoded(id)}/archive`;
      mustBeDone(await this.#change({ method: 'PUT', path, query: { path: '/' }, body: archive }));
    }
    await this.start(id);
  }

  async start(name: string): Promise<void> {
    mustBeDone(await this.#change({ method: 'POST', path: `/containers/${encoded(name)}/start` }));
  }

  /** Ends it at once. Nothing happens where it does not run. */
  async stop(name: string): Promise<void> {
    const path = `/containers/${encoded(name)}/stop`;
    mustBeDoneOrMissing(await this.#change({ method: 'POST', path, query: { t: '0' } }));
  }

  /** The exit code of a program in a running container; its output is let go. */
  async exec(container: string, command: readonly string[]): Promise<number> {
    const body = { Cmd: command, AttachStdout: true, AttachStderr: true };
    const made = await this.#change({ method: 'POST', path: `/containers/${encoded(container)}/exec`, body });
    const path = `/exec/${encoded(readCreated(made))}`;
    await this.#stream({ method: 'POST', path: `${path}/start`, body: {} }, () => {});
    return readExitCode(await this.#get(`${path}/json`));
  }

  #get(path: string, query: EngineRequest['query'] = {}, maxBytes = MAX_BYTES): Promise<EngineAnswer> {
    return this.#link.ask({ method: 'GET', path, query }, { withinMs: ASK_MS, maxBytes });
  }

  #change(request: EngineRequest): Promise<EngineAnswer> {
    return this.#link.ask(request, { withinMs: CHANGE_MS, maxBytes: MAX_BYTES });
  }

  /** Reads progress to its end; throws the error that the engine tells in it. */
  #transfer(request: EngineRequest): Promise<void> {
    return this.#stream(request, (line) => {
      const error = errorIn(line);
      if (error !== null) throw engineRefused(error);
    });
  }

  async #stream(request: EngineRequest, onLine: (line: string) => void): Promise<void> {
    const signal = AbortSignal.timeout(TRANSFER_MS);
    try {
      const response = await this.#link.open(request, signal);
      const status = response.statusCode ?? 0;
      if (status !== 200) return mustBeDone({ status, body: await bodyOf(response, MAX_BYTES) });
      for await (const line of boundedLines(response)) onLine(line);
    } catch (error) {
      throw signal.aborted ? engineHangs(TRANSFER_MS) : problemOf(error);
    }
  }
}

function mustBeDoneOrMissing(answer: EngineAnswer): void {
  if (!isMissing(answer)) mustBeDone(answer);
}
