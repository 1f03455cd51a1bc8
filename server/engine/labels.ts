// Every label on what Slipway makes, so that `clean` and re-adoption find it and nothing else.

export type LabelKind = 'base' | 'learner' | 'parts' | 'hub' | 'sandbox' | 'server' | 'probe';

/** `slipway=1` marks everything; `instance` tells apart the servers that share an engine. */
export function labels(kind: LabelKind, instance?: string, extra: Record<string, string> = {}): Record<string, string> {
  return { slipway: '1', 'slipway.kind': kind, ...(instance ? { 'slipway.instance': instance } : {}), ...extra };
}
