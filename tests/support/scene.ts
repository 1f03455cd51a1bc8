// A real server with two learners, of whom one is up to something, and a container on the host's engine that may do
// what neither may: where the tries to get out of a sandbox are made, and where they work.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Learner } from './learner.ts';
import { docker, type Outcome } from './raw-sandbox.ts';
import { TestServer } from './server.ts';

export const LESSON = 'what-is-a-registry';
/** As a privileged container has them; where `--privileged` itself fails, they can still be added. */
const CAPABILITIES = [
  ...['SYS_ADMIN', 'SYS_PTRACE', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_BOOT', 'SYS_TIME', 'SYS_NICE'],
  ...['SYS_CHROOT', 'SYSLOG', 'MKNOD', 'DAC_READ_SEARCH', 'DAC_OVERRIDE', 'NET_ADMIN', 'NET_RAW', 'SETUID', 'SETGID'],
];
const EVERYTHING = [
  ...['--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined'],
  ...['--security-opt', 'systempaths=unconfined', '--pid', 'host', '--network', 'host', '--ipc', 'host'],
];

/** One learner's computer, as the host sees it. */
export interface Computer {
  learner: Learner;
  container: string;
  uidBase: number;
  sandboxDir: string;
}

export class Scene implements AsyncDisposable {
  readonly server: TestServer;
  readonly dir = mkdtempSync('/tmp/slw-scene-');
  readonly secret = `s${randomUUID().slice(0, 8)}`;
  readonly granted = `slipway-test-granted-${process.pid}`;
  attacker!: Computer;
  neighbour!: Computer;
  #victim: ChildProcess | null = null;
  readonly #listeners: Server[] = [];

  private constructor(server: TestServer) {
    this.server = server;
  }

  static async open(): Promise<Scene> {
    const scene = new Scene(await TestServer.start());
    try {
      await scene.#set();
    } catch (error) {
      await scene[Symbol.asyncDispose]();
      throw error;
    }
    return scene;
  }

  /** A line of `sh` as root of a learner's computer, or in a container there. */
  inside(computer: Computer, line: string, input = ''): Promise<Outcome> {
    const { container, uidBase } = computer;
    const box = ['exec', '-i', '-u', `${uidBase}:${uidBase}`, container, 'box', 'sh', '-c', line];
    return docker(box, Buffer.from(input));
  }

  inGranted(line: string, input = ''): Promise<Outcome> {
    return docker(['exec', '-i', this.granted, 'sh', '-c', line], Buffer.from(input));
  }

  /** What a try may know: it is not the secret of where things are that keeps anyone out. */
  get variables(): Record<string, string> {
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const ports = this.#listeners.map((listener) => listener.address());
    return {
      SECRET: this.secret,
      CONTAINER: this.granted,
      HOST_DIR: this.dir,
      DATA_DIR: this.server.dataDir,
      SERVER_PORT: String(this.server.port),
      HOST_PORT: ports.map((address) => (address && typeof address === 'object' ? address.port : '')).join(''),
      HOST_ABSTRACT: `slipway-${this.secret}`,
      ADDRESSES: addresses.flatMap(({ family, address }) => (family === 'IPv4' ? [address] : [])).join(' '),
      NEIGHBOUR_RELAY: join(this.neighbour.sandboxDir, 'relay'),
      VICTIM: String(this.#victim?.pid),
      VICTIM_LINE: `sleep ${VICTIM_SECONDS} `,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#victim?.kill('SIGKILL');
    for (const listener of this.#listeners) listener.close();
    await docker(['rm', '-f', this.granted]);
    await this.server[Symbol.asyncDispose]();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #set(): Promise<void> {
    writeFileSync(join(this.dir, 'secret'), this.secret, { mode: 0o644 });
    mkdirSync(join(this.dir, 'hub'));
    // Its working folder and one of its open files are the host's.
    const held = openSync(join(this.dir, 'secret'), 'r');
    this.#victim = spawn('sleep', [VICTIM_SECONDS], { cwd: this.dir, stdio: [held, 'ignore', 'ignore'] });
    for (const place of [{ port: 0, host: '0.0.0.0' }, { path: `\0slipway-${this.secret}` }]) {
      const listener = createServer((socket) => {
        socket.on('error', () => {});
        socket.end(`HTTP/1.0 200 OK\r\n\r\n${this.secret}\n`);
      });
      await new Promise<void>((resolve) => listener.listen(place, resolve));
      this.#listeners.push(listener);
    }
    this.attacker = await this.#join();
    this.neighbour = await this.#join();
    const { Config } = JSON.parse((await docker(['inspect', '-f', '{{json .}}', this.attacker.container])).stdout);
    const started = await docker([
      ...['run', '-d', '--name', this.granted, '--label', 'slipway.kind=test', '--user', '0', '--init'],
      ...EVERYTHING,
      ...CAPABILITIES.flatMap((capability) => ['--cap-add', capability]),
      ...['--device-cgroup-rule', 'a *:* rwm', '-v', '/dev:/dev', '-v', '/var/run/docker.sock:/var/run/docker.sock'],
      ...['-v', `${this.dir}:${this.dir}`, '-v', `${this.dir}/hub:/hub:ro`],
      ...['-v', `${this.server.dataDir}:${this.server.dataDir}`, '-v', `${this.attacker.sandboxDir}/relay:/relay`],
      ...['--entrypoint', 'sleep', Config.Image, '3600'],
    ]);
    if (started.code !== 0) throw new Error(started.stderr);
  }

  async #join(): Promise<Computer> {
    const learner = new Learner(this.server);
    await learner.open(LESSON);
    using database = new DatabaseSync(join(this.server.dataDir, 'slipway.db'), { readOnly: true });
    const row = database
      .prepare('SELECT x.id, x.slot FROM sessions s JOIN sandboxes x ON x.id = s.sandbox ORDER BY s.created_ms DESC')
      .get() as { id: string; slot: number };
    const container = `slipway-sandbox-${row.slot}`;
    const { stdout } = await docker(['inspect', '-f', '{{json .Config.Env}}', container]);
    const uidBase = Number(/SANDBOX_UID_BASE=(\d+)/.exec(stdout)?.[1]);
    return { learner, container, uidBase, sandboxDir: join(this.server.dataDir, 's', row.id) };
  }
}

const VICTIM_SECONDS = '3601';
