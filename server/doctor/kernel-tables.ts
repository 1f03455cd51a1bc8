// What all sandboxes share of the kernel's tables: terminals, and the connections that netfilter remembers.

import { type Need, ok, warn } from './need.ts';

/** Its own shell, and what a learner opens with tmux and `docker run -it`, with room to spare. */
const TERMINALS_EACH = 20;
/** As measured: 256,000 remembered connections took 62 MiB of the host's memory. */
const CONNECTION_BYTES = 254;
/** Of the machine's memory. */
const SHARE = 0.25;

/** Reads a file of /proc, or null. */
type Reading = { read: (path: string) => string | null };

export function tableNeeds(machine: Reading, maxSandboxes: number): Need[] {
  return [terminals(machine, maxSandboxes), connections(machine, maxSandboxes)];
}

function terminals({ read }: Reading, maxSandboxes: number): Need {
  const base = {
    id: 'terminals',
    title: 'Terminals',
    why: "The kernel counts the terminals of all sandboxes and of the machine itself in one table; when it is full nobody's `docker run -it` works, and no new shell opens.",
  };
  const most = Number(read('/proc/sys/kernel/pty/max') ?? 'NaN');
  if (Number.isNaN(most)) return warn(base, 'unknown', 'Look at it yourself: sysctl kernel.pty.max');
  const used = Number(read('/proc/sys/kernel/pty/nr') ?? 0);
  const wanted = used + maxSandboxes * TERMINALS_EACH;
  const found = `${used} of ${most} in use (kernel.pty.max)`;
  if (most >= wanted) return ok(base, found);
  return warn(
    base,
    `${found}, and ${maxSandboxes} sandboxes may want ${wanted - used}`,
    `sudo sysctl -w kernel.pty.max=${2 ** Math.ceil(Math.log2(wanted))}`,
  );
}

function connections({ read }: Reading, maxSandboxes: number): Need {
  const base = {
    id: 'netfilter',
    title: "Netfilter's table",
    why: 'Connections inside a sandbox are remembered in memory of the host that no limit of the sandbox counts, each sandbox up to net.netfilter.nf_conntrack_max.',
  };
  const most = Number(read('/proc/sys/net/netfilter/nf_conntrack_max') ?? 'NaN');
  if (Number.isNaN(most)) return ok(base, 'not loaded, or not shown here (net.netfilter.nf_conntrack_max)');
  const memory = Number(/MemTotal:\s+(\d+)/.exec(read('/proc/meminfo') ?? '')?.[1]) * 1024;
  const mib = Math.round((maxSandboxes * most * CONNECTION_BYTES) / 2 ** 20);
  const found = `${most} a sandbox (net.netfilter.nf_conntrack_max), at worst ${mib} MiB in all`;
  const fits = Math.floor((memory * SHARE) / (maxSandboxes * CONNECTION_BYTES));
  if (Number.isNaN(memory) || most <= fits) return ok(base, found);
  return warn(
    base,
    found,
    `sudo sysctl -w net.netfilter.nf_conntrack_max=${Math.max(4096, 2 ** Math.floor(Math.log2(fits)))}`,
  );
}
