// What of a server is left on this computer, each thing by its name.

import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOnly } from '../../server/store/database.ts';
import { loopDevicesBelow } from '../support/loop-devices.ts';
import type { TestServer } from '../support/server.ts';

const lines = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean);

/** Ids of every container that a server makes from now on. */
export class MadeContainers implements Disposable {
  readonly ids = new Set<string>();
  readonly #events;

  constructor(instance: string) {
    const filters = ['--filter', `label=slipway.instance=${instance}`, '--filter', 'event=create'];
    this.#events = spawn('docker', ['events', ...filters, '--format', '{{.ID}}'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#events.stdout.on('data', (bytes) => {
      for (const id of String(bytes).split('\n')) if (id !== '') this.ids.add(id);
    });
  }

  [Symbol.dispose](): void {
    this.#events.kill();
  }
}

/** Of a server that has ended: everything but its hub, which is there for the next start. */
export function leftOf(server: TestServer, made: ReadonlySet<string>): string[] {
  const own = ['--filter', `label=slipway.instance=${server.instance}`];
  const hub = `slipway-hub-${server.instance}`;
  const database = openReadOnly(join(server.dataDir, 'slipway.db'));
  const rows = database.prepare('SELECT id FROM sandboxes').all();
  database.close();
  return [
    ...lines('ps', '-a', ...own, '--format', 'container {{.Names}}').filter((one) => one !== `container ${hub}`),
    ...lines('volume', 'ls', ...own, '--format', 'volume {{.Name}}').filter((one) => !one.startsWith(`volume ${hub}`)),
    ...lines('network', 'ls', ...own, '--format', 'network {{.Name}}'),
    ...mounts(server.dataDir).map((one) => `mount ${one}`),
    ...loopDevicesBelow(server.dataDir).map(({ name }) => `loop device ${name}`),
    ...readdirSync(join(server.dataDir, 's')).map((name) => `folder ${name}`),
    ...rows.map(({ id }) => `row of the sandbox ${id}`),
    ...processesOf(server.dataDir, made).map((one) => `process ${one}`),
  ];
}

/** Commands that were started in containers of a running server and have not ended. */
export function execsOf(server: TestServer): string[] {
  return lines('ps', '-q', '--filter', `label=slipway.instance=${server.instance}`).flatMap((container) => {
    const ids = execFileSync('docker', ['inspect', '-f', '{{json .ExecIDs}}', container], { encoding: 'utf8' });
    return ((JSON.parse(ids) ?? []) as string[]).map((id) => `exec ${id.slice(0, 12)} in ${container}`);
  });
}

/** What each descriptor of the server leads to, by kind: `socket`, `pipe`, a path. */
export function descriptorsOf({ pid }: TestServer): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const kind = readlinkSync(`/proc/${pid}/fd/${descriptor}`).replace(/:\[\d+\]$/, '');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    } catch {
      // Closed meanwhile.
    }
  }
  return kinds;
}

/** Those that there are more of than before. */
export function more(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): string[] {
  return [...now].flatMap(([kind, count]) => {
    const had = before.get(kind) ?? 0;
    return count > had ? [`descriptor ${kind}: ${count}, before ${had}`] : [];
  });
}

function mounts(dataDir: string): string[] {
  const paths = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ').slice(0, 2).join(' '));
  return paths.filter((line) => line.includes(dataDir));
}

function processesOf(dataDir: string, made: ReadonlySet<string>): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const cgroup = readFileSync(`/proc/${pid}/cgroup`, 'utf8');
      const isOurs = command.includes(dataDir) || [...cgroup.matchAll(/[0-9a-f]{64}/g)].some(([id]) => made.has(id));
      return isOurs ? [`${pid} ${command.slice(0, 80)}`] : [];
    } catch {
      // It has ended.
      return [];
    }
  });
}
