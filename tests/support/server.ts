// A real Slipway server in a process of its own, with a data folder, a port and sandboxes that are only the test's.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DiskImages } from '../../server/engine/disk-image.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 8 * 60_000;
const END_MS = 30_000;

export interface ServerOptions {
  args?: string[];
  /** So many computers wait ready, whatever comes; with none, a learner's is made when it is asked for, and no other. */
  stock?: number;
  /** The server asks for its access link: then an answer of 401 tells that it is up. */
  access?: boolean;
  /** Who it runs as; its own group is the same number as the user, `gid` is one more. */
  user?: { uid: number; gid: number };
  /** Instead of the engine that the tests use. */
  dockerHost?: string;
  /** Of a server that was there before, instead of new ones. */
  dataDir?: string;
  port?: number;
  /** It speaks HTTPS with a certificate that is signed by itself. */
  tls?: boolean;
}

export class TestServer {
  readonly dataDir: string;
  readonly port: number;
  readonly #args: string[];
  readonly #upStatus: number;
  readonly #user: ServerOptions['user'];
  readonly #env: NodeJS.ProcessEnv;
  readonly #tls: boolean;
  #child: ChildProcess | null = null;
  #said = '';

  private constructor(
    port: number,
    { args = [], stock = 0, access = false, user, dockerHost, dataDir, tls = false }: ServerOptions,
  ) {
    this.#tls = tls;
    this.#user = user;
    this.dataDir = dataDir ?? mkdtempSync('/tmp/slw-');
    this.#env = { ...process.env, ...(dockerHost ? { DOCKER_HOST: dockerHost } : {}) };
    if (user) chownSync(this.dataDir, user.uid, user.uid);
    this.#upStatus = access ? 401 : 200;
    this.port = port;
    this.#args = [...['--warm-sandboxes', `${stock}`, '--max-warm-sandboxes', `${stock}`], ...args];
  }

  /** Resolves when `/readyz` says so. */
  static async start(options: ServerOptions = {}): Promise<TestServer> {
    const server = new TestServer(options.port ?? (await freePort()), options);
    await server.start();
    return server;
  }

  get url(): string {
    return `http${this.#tls ? 's' : ''}://localhost:${this.port}`;
  }
  get pid(): number {
    return this.#child?.pid ?? 0;
  }
  /** What it has printed so far. */
  get said(): string {
    return this.#said;
  }
  get instance(): string {
    return createHash('sha256').update(this.dataDir).digest('hex').slice(0, 8);
  }

  async start(): Promise<void> {
    // As the launcher starts it.
    const args = [
      '--max-semi-space-size=2',
      'server/main.ts',
      '--offline',
      '--data-dir',
      this.dataDir,
      '--port',
      String(this.port),
      ...this.#args,
    ];
    const user = this.#user;
    const [program, ...words] = user
      ? [
          'setpriv',
          '--reuid',
          `${user.uid}`,
          '--regid',
          `${user.uid}`,
          '--groups',
          `${user.gid}`,
          process.execPath,
          ...args,
        ]
      : [process.execPath, ...args];
    const child = spawn(program ?? '', words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: this.#env });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (this.#said += bytes));
    const deadline = Date.now() + START_MS;
    for (;;) {
      const status = await (this.#tls ? statusOverTls(`${this.url}/readyz`) : statusOf(`${this.url}/readyz`));
      if (status === this.#upStatus) return;
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ends the process and waits for it; what it leaves behind stays. Answers the exit code. */
  async end(signal: 'SIGKILL' | 'SIGINT'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const closed = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    child.kill(signal);
    return closed;
  }

  /** Ids of this server's sandbox containers. */
  containers(): string[] {
    return this.#docker(
      'ps',
      '-aq',
      '--filter',
      `label=slipway.instance=${this.instance}`,
      '--filter',
      'label=slipway.kind=sandbox',
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
    const own = ['--filter', `label=slipway.instance=${this.instance}`];
    // What the engine is removing already, at the server's wish, refuses to be removed again.
    const deadline = Date.now() + END_MS;
    for (let left = this.#docker('ps', '-aq', ...own); left.length > 0; left = this.#docker('ps', '-aq', ...own)) {
      if (Date.now() > deadline) throw new Error(`containers stay: ${left.join(' ')}`);
      spawnSync('docker', ['rm', '-fv', ...left], { env: this.#env });
    }
    const volumes = this.#docker('volume', 'ls', '-q', ...own);
    if (volumes.length > 0) this.#docker('volume', 'rm', '-f', ...volumes);
    // Of sandboxes that were being made when it was killed.
    await new DiskImages().letGoBelow(this.dataDir);
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #docker(...args: string[]): string[] {
    return execFileSync('docker', args, { encoding: 'utf8', env: this.#env })
      .split('\n')
      .filter((line) => line !== '');
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const statusOf = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );

/** Whoever signed its certificate. */
function statusOverTls(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(url, { rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).on('error', () => resolve(0));
  });
}
