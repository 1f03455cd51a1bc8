// Every label on what Slipway makes, so that `clean` and re-adoption find it and nothing else.

import { createHash } from 'node:crypto';

export type LabelKind = 'base' | 'learner' | 'parts' | 'hub' | 'stand-ins' | 'sandbox' | 'server' | 'probe';

/** Whose a thing is: the server that made it, among those that share an engine. */
export interface Owner {
  instance: string;
  /** Its data folder, whose lease says whether it runs: see store/hold.ts. */
  folder: string;
}

/** Whose things are those of the server with this data folder. */
export function ownerOf(dataDir: string): Owner {
  return { instance: createHash('sha256').update(dataDir).digest('hex').slice(0, 8), folder: dataDir };
}

/** `slipway=1` marks everything that is ours. */
export function labels(kind: LabelKind, owner?: Owner, extra: Record<string, string> = {}): Record<string, string> {
  const whose: Record<string, string> = owner
    ? { 'slipway.instance': owner.instance, 'slipway.folder': owner.folder }
    : {};
  return { slipway: '1', 'slipway.kind': kind, ...whose, ...extra };
}

/** What an engine is asked for to find what a server made, of one kind or of all. */
export function labelFilters(wanted: { kind?: LabelKind; instance?: string | undefined }): string {
  const { kind, instance } = wanted;
  const label = ['slipway=1', 'slipway.kind'];
  if (kind) label.push(`slipway.kind=${kind}`);
  if (instance) label.push(`slipway.instance=${instance}`);
  return JSON.stringify({ label });
}
