// How long a process has run.

import { readFileSync } from 'node:fs';

/** Of the kernel's clock in /proc: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MS = 10;

/** In user and kernel, ms. */
export function processorMs(pid: number): number {
  const [user = '0', kernel = '0'] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11) ?? [];
  return (Number(user) + Number(kernel)) * TICK_MS;
}
