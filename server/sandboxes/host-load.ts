// What the host has left now, as its kernel says: free memory, and how much the processors are waited for.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Of each /proc file that is read; null where this kernel has none. */
export type ReadProc = (path: string) => string | null;

export interface HostLoad {
  /** Bytes that can be given out without swapping; null where the kernel does not say. */
  availableBytes: number | null;
  /** How much of the time somebody waited for a processor, 0 to 1. */
  pressure: { last10s: number; last60s: number };
}

/** Where there is no pressure file: so many at work for each processor count as somebody always waiting. */
const FULL_LOAD = 3;

/** Reads it now; costs under a tenth of a millisecond. */
export function readHostLoad(read: ReadProc = readProc): HostLoad {
  const available = availableBytes(read('/proc/meminfo') ?? '');
  return {
    availableBytes: Number.isNaN(available) ? null : available,
    pressure: pressureOf(read),
  };
}

/** NaN where this text of /proc/meminfo does not say. */
export function availableBytes(meminfo: string): number {
  return Number(/MemAvailable:\s+(\d+)/.exec(meminfo)?.[1]) * 1024;
}

function pressureOf(read: ReadProc): HostLoad['pressure'] {
  const some = /^some avg10=([\d.]+) avg60=([\d.]+)/m.exec(read('/proc/pressure/cpu') ?? '');
  if (some) return { last10s: Number(some[1]) / 100, last60s: Number(some[2]) / 100 };
  const load = Number.parseFloat(read('/proc/loadavg') ?? '0') / availableParallelism();
  const share = Math.min(1, Math.max(0, (load - 1) / (FULL_LOAD - 1)));
  return { last10s: share, last60s: share };
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
