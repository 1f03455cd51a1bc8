// A second Docker Engine on this computer, for tests that stop, restart or kill one: in process, mount and network namespaces
// of its own, so that what it starts ends with it, as at a reboot.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './learner.ts';

const READY_MS = 60_000;
const END_MS = 60_000;

export class ScratchEngine {
  readonly host: string;
  readonly #dir: string;
  #child: ChildProcess | null = null;

  private constructor(dir: string) {
    this.#dir = dir;
    this.host = `unix://${dir}/docker.sock`;
    writeFileSync(join(dir, 'none.json'), '{}');
  }

  /** One with nothing on it, or with these images of the engine that the tests use. */
  static async start(images: readonly string[] = []): Promise<ScratchEngine> {
    const engine = new ScratchEngine(mkdtempSync('/tmp/slw-engine-'));
    try {
      await engine.start();
      if (images.length > 0)
        execFileSync('sh', ['-c', `docker save ${images.join(' ')} | docker -H ${engine.host} load -q`]);
    } catch (error) {
      await engine[Symbol.asyncDispose]();
      throw error;
    }
    return engine;
  }

  /** The standard output of its docker command. */
  docker(...args: string[]): string {
    return String(execFileSync('docker', ['-H', this.host, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })).trim();
  }

  async start(): Promise<void> {
    // What a computer forgets when it starts.
    for (const name of ['exec', 'pid', 'docker.sock']) rmSync(join(this.#dir, name), { recursive: true, force: true });
    const places = ['--data-root', 'data', '--exec-root', 'exec', '--pidfile', 'pid', '--config-file', 'none.json'];
    const network = ['--bridge', 'none', '--iptables=false', '--ip-forward=false', '--ip-masq=false'];
    const paths = places.map((word) => (word.startsWith('--') ? word : join(this.#dir, word)));
    // In a network namespace: an engine without a bridge deletes docker0, which is the other engine's.
    const apart = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const own = ['--cgroup-parent', this.#cgroup];
    const args = [...apart, 'dockerd', '-H', this.host, ...paths, ...network, ...own];
    this.#child = spawn('unshare', args, { stdio: 'ignore' });
    const up = () => spawnSync('docker', ['-H', this.host, 'version']).status === 0;
    await until(up, 'the scratch engine', READY_MS);
  }

  /** As `systemctl stop docker` does: its containers are ended first. */
  async stop(): Promise<void> {
    await this.#end(() => process.kill(this.#pid, 'SIGTERM'));
  }

  /** Engine and containers end at once, as when a computer loses its power. */
  async cutPower(): Promise<void> {
    await this.#end(() => this.#child?.kill('SIGKILL'));
  }

  /** It takes calls and does not answer, until it goes on. Its containers do not notice. */
  hang(): void {
    process.kill(this.#pid, 'SIGSTOP');
  }
  goOn(): void {
    process.kill(this.#pid, 'SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cutPower();
    rmSync(this.#dir, { recursive: true, force: true });
    removeCgroups(this.#cgroup.slice(1));
  }

  get #cgroup(): string {
    return `/${this.#dir.split('/').at(-1)}`;
  }

  /** Of dockerd, as this computer numbers it. */
  get #pid(): number {
    const parent = this.#child?.pid ?? 0;
    return Number(readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ')[0]);
  }

  async #end(how: () => void): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    how();
    await Promise.race([
      closed,
      new Promise((_, reject) =>
        setTimeout(() => reject(new Error('the scratch engine does not end')), END_MS).unref(),
      ),
    ]);
  }
}

/** Empty ones, which an engine without power leaves behind. */
function removeCgroups(name: string): void {
  const root = '/sys/fs/cgroup';
  for (const place of [root, ...readdirSync(root).map((controller) => join(root, controller))]) {
    const top = join(place, name);
    try {
      for (const each of readdirSync(top, { withFileTypes: true }))
        if (each.isDirectory()) rmdirSync(join(top, each.name));
      rmdirSync(top);
    } catch {
      // There is none here, or something of it still ends.
    }
  }
}
