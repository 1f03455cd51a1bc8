// Reads docker's own lines of a push or pull, as the terminal shows them. For drawing only: what really came to be, the
// server says.

export type LayerState =
  /** `share`: 0 to 1 of its bytes, where the line tells. */
  | { state: 'waiting' }
  | { state: 'moving'; share: number; text: string }
  | { state: 'unpacking' }
  | { state: 'done' }
  | { state: 'exists' }
  | { state: 'mounted'; from: string };

export type Transfer = {
  verb: 'push' | 'pull';
  /** Of a push the repository, of a pull the name as it was typed. */
  name: string;
  /** By the 12 digits that docker shows: of a push those of the diff id, of a pull those of the blob. */
  layers: { id: string; layer: LayerState }[];
  state: 'going' | 'done' | 'failed';
};

const PUSH = /^The push refers to repository \[(.+)\]$/;
const PULL = /^(\S+): Pulling from (\S+)$/;
const LAYER = /^([0-9a-f]{12}): (.+)$/;
const DONE = /^(?:Status: |\S+: digest: sha256:[0-9a-f]{64} size: \d+)/;
const FAILED =
  /^(?:denied: |unauthorized: |error |Error |no basic auth|unknown: |manifest unknown|received unexpected|An image does not exist|dial tcp|Get "|net\/http)/;

/** The last transfer in the text, of the command that was typed; null where there is none. */
export function readTransfer(text: string, typed: string): Transfer | null {
  let found: Transfer | null = null;
  const layers = new Map<string, LayerState>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    const pushed = PUSH.exec(line)?.[1];
    const pulled = PULL.exec(line);
    if (pushed !== undefined || pulled) {
      layers.clear();
      found = {
        verb: pulled ? 'pull' : 'push',
        name: pushed ?? typedName(typed, pulled?.[2] ?? '', pulled?.[1] ?? ''),
        layers: [],
        state: 'going',
      };
      continue;
    }
    if (!found) continue;
    const [, id, said] = LAYER.exec(line) ?? [];
    const layer = said === undefined ? null : layerState(said);
    if (id !== undefined && layer) layers.set(id, layer);
    else if (DONE.test(line)) found.state = 'done';
    else if (FAILED.test(line)) found.state = 'failed';
  }
  return found && { ...found, layers: [...layers].map(([id, layer]) => ({ id, layer })) };
}

/** A pull does not repeat the registry: the command has it. */
function typedName(typed: string, repository: string, tag: string): string {
  const familiar = repository.replace(/^library\//, '');
  const names = typed.split(/[\s;&|'"]+/).filter((word) => {
    const name = word.replace(/[:@][^/]*$/, '');
    return name === repository || name === familiar || name.endsWith(`/${repository}`);
  });
  return names.at(-1) ?? `${familiar}:${tag}`;
}

function layerState(said: string): LayerState | null {
  if (/^(Waiting|Preparing|Pulling fs layer|Retrying)/.test(said)) return { state: 'waiting' };
  if (/^(Pushed|Pull complete)/.test(said)) return { state: 'done' };
  if (/^(Layer already exists|Already exists)/.test(said)) return { state: 'exists' };
  if (/^(Extracting|Verifying Checksum|Download complete)/.test(said)) return { state: 'unpacking' };
  const mounted = /^Mounted from (\S+)/.exec(said)?.[1];
  if (mounted !== undefined) return { state: 'mounted', from: mounted };
  if (!/^(Pushing|Downloading)/.test(said)) return null;
  const [, done, of] = /([\d.]+\s?[kMGT]?B)\/([\d.]+\s?[kMGT]?B)/.exec(said) ?? [];
  const share = done && of ? Math.min(1, bytesOf(done) / Math.max(1, bytesOf(of))) : 0;
  return { state: 'moving', share, text: of ? `${done} of ${of}` : '' };
}

const UNITS: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

function bytesOf(text: string): number {
  const [, number = '0', unit = 'B'] = /^([\d.]+)\s?(\w*)$/.exec(text) ?? [];
  return Number(number) * (UNITS[unit] ?? 1);
}
