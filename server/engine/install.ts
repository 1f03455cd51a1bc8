// Installs Debian's Docker Engine and starts it, where there is none and we may.

import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import Docker from 'dockerode';
import { SlipwayError } from '../errors.ts';
import type { Progress } from '../progress.ts';

const LOG = '/var/log/slipway-dockerd.log';
const READY_MS = 60_000;

/** Asks on a terminal. Throws SlipwayError `no-engine` where we may not, or where it fails. */
export async function installEngine({ yes, progress }: { yes: boolean; progress: Progress }): Promise<void> {
  const system = osRelease();
  if (!isDebian(system) || process.getuid?.() !== 0) throw noEngine(system);
  console.error("  There is no Docker Engine on this computer. Slipway can install Debian's (package docker.io).");
  if (!yes && process.stdin.isTTY && !(await agreed())) throw noEngine(system);
  const done = progress.stage('Installing Docker Engine');
  await aptInstall(['docker.io', 'iptables', 'ca-certificates']);
  done();
  await startEngine(progress);
}

/** Starts an installed engine and waits until it answers. Throws SlipwayError where it does not. */
export async function startEngine(progress: Progress): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new SlipwayError('engine-stopped', 'Docker Engine is installed but does not run.', {
      next: 'Start it: sudo systemctl start docker',
    });
  }
  const done = progress.stage('Starting Docker Engine');
  if (existsSync('/run/systemd/system')) await run('systemctl', ['start', 'docker']);
  else startDaemon();
  const docker = new Docker({ socketPath: '/var/run/docker.sock', timeout: 2_000 });
  const deadline = performance.now() + READY_MS;
  while (
    !(await docker.ping().then(
      () => true,
      () => false,
    ))
  ) {
    if (performance.now() > deadline)
      throw new SlipwayError('engine-start', 'Docker Engine was started and does not answer.', {
        next: `Look at ${LOG}, or at journalctl -u docker.`,
      });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  done();
}

/** Installs Debian packages. Throws SlipwayError `apt` with the last lines. */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  await run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', 'update']);
  await run('apt-get', [
    '-qq',
    '-o',
    'DPkg::Lock::Timeout=300',
    'install',
    '-y',
    '--no-install-recommends',
    ...packages,
  ]);
}

/** In a session of its own: it outlives this process, as a service would. */
function startDaemon(): void {
  const log = openSync(LOG, 'a');
  spawn('dockerd', [], { detached: true, stdio: ['ignore', log, log] }).unref();
}

function run(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('env', ['DEBIAN_FRONTEND=noninteractive', program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes) => (said = (said + bytes).slice(-4_000)));
    const failed = (why: string) =>
      reject(
        new SlipwayError('apt', `${program} ${args.join(' ')} failed (${why}):\n${said.trim()}`, {
          next: 'Mend what it says and start again.',
        }),
      );
    child.on('error', (error) => failed(error.message));
    child.on('close', (code) => (code === 0 ? resolve() : failed(`exit ${code}`)));
  });
}

async function agreed(): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|)$/i.test((await asking.question('  Install it now? [Y/n] ')).trim());
  } finally {
    asking.close();
  }
}

function noEngine(system: Map<string, string>): SlipwayError {
  return new SlipwayError('no-engine', 'There is no Docker Engine on this computer.', {
    next: adviceFor(process.platform, system),
  });
}

/** What to install, for this system. */
export function adviceFor(platform: string, system: Map<string, string>): string {
  if (platform !== 'linux') return 'Slipway needs Linux: run it in a small virtual machine with Docker Engine.';
  const like = `${system.get('ID') ?? ''} ${system.get('ID_LIKE') ?? ''}`;
  const install = /debian|ubuntu/.test(like)
    ? 'sudo apt-get install docker.io'
    : /fedora|rhel|centos/.test(like)
      ? 'sudo dnf install moby-engine && sudo systemctl enable --now docker'
      : /arch/.test(like)
        ? 'sudo pacman -S docker && sudo systemctl enable --now docker'
        : /alpine/.test(like)
          ? 'sudo apk add docker && sudo rc-service docker start'
          : /suse/.test(like)
            ? 'sudo zypper install docker && sudo systemctl enable --now docker'
            : null;
  return install ? `Install it: ${install}` : "Install Docker Engine with your system's package manager.";
}

export function isDebian(system: Map<string, string>): boolean {
  return /\b(debian|ubuntu)\b/.test(`${system.get('ID')} ${system.get('ID_LIKE')}`);
}

export function osRelease(file = '/etc/os-release'): Map<string, string> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n');
  return new Map(
    lines.map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1).replace(/^"|"$/g, '')]),
  );
}
