// The host engine with an end to every wait: each call has its deadline, and while the engine hangs nobody waits for it again.

import Docker from 'dockerode';
import { SlipwayError, systemCode } from '../errors.ts';

/** What it was like at the last call: `away`: nothing listens; `hangs`: it takes calls and does not answer. */
export type EngineState = 'up' | 'away' | 'hangs';

const PING_MS = 3_000;
const ASK_MS = 15_000;
const CHANGE_MS = 60_000;
/** Until a build, an import or an export begins to tell: its archive comes first. What it tells has a deadline where it is read. */
const SEND_MS = 5 * 60_000;
const LOOK_AGAIN_MS = 1_000;
const PING = '/_ping';

interface Dialled {
  path: string;
  method: string;
  abortSignal?: AbortSignal;
}
type Answered = (error: unknown, data: unknown) => void;
interface Modem {
  dial(options: Dialled, callback: Answered): void;
}

/** Calls throw SlipwayError `host-engine-hangs` or `host-engine-away`, status 503, beside what the engine refuses. */
export class TimedEngine extends Docker {
  #state: EngineState = 'up';
  #sinceMs = performance.now();
  #looking: NodeJS.Timeout | null = null;
  readonly #onBack = new Set<() => void>();
  readonly #askMs: number;

  constructor(options: Docker.DockerOptions, { askMs = ASK_MS } = {}) {
    super(options);
    this.#askMs = askMs;
    const modem = this.modem as Modem;
    const dial = modem.dial.bind(modem);
    modem.dial = (options, callback) => this.#dial(dial, options, callback);
  }

  get state(): EngineState {
    return this.#state;
  }
  /** How long it has been so, in milliseconds. */
  get stateMs(): number {
    return performance.now() - this.#sinceMs;
  }

  /** Told whenever it answers again after it hung or was away. */
  onBack(told: () => void): void {
    this.#onBack.add(told);
  }

  #dial(dial: Modem['dial'], options: Dialled, callback: Answered): void {
    const path = options.path.split('?')[0] ?? '';
    if (this.#state === 'hangs' && path !== PING) return callback(hangs(`${options.method} ${path}`), null);
    const withinMs = deadlineOf(options.method, path, this.#askMs);
    const end = new AbortController();
    const { abortSignal } = options;
    let open = true;
    const late = setTimeout(() => {
      open = false;
      end.abort();
      this.#is('hangs');
      callback(hangs(`${options.method} ${path}`, withinMs), null);
    }, withinMs);
    const signal = abortSignal ? AbortSignal.any([abortSignal, end.signal]) : end.signal;
    dial({ ...options, abortSignal: signal }, (error, data) => {
      if (!open) return;
      open = false;
      clearTimeout(late);
      const answered = !error || (error as { statusCode?: number }).statusCode !== undefined;
      if (answered) this.#is('up');
      const lost = !answered && !abortSignal?.aborted && isAway(error);
      if (lost) this.#is('away');
      callback(lost ? away(error) : error, data);
    });
  }

  #is(state: EngineState): void {
    if (state === this.#state) return;
    const back = this.#state !== 'up' && state === 'up';
    this.#state = state;
    this.#sinceMs = performance.now();
    if (back) for (const told of this.#onBack) told();
    if (state !== 'up') this.#lookSoon();
  }

  /** Nobody tells when it answers again. */
  #lookSoon(): void {
    this.#looking ??= setTimeout(async () => {
      await this.ping().catch(() => {});
      this.#looking = null;
      if (this.#state !== 'up') this.#lookSoon();
    }, LOOK_AGAIN_MS).unref();
  }
}

function deadlineOf(method: string, path: string, askMs: number): number {
  if (path === PING) return PING_MS;
  if (path === '/build' || path === '/images/create' || /^\/images\/.+\/get$/.test(path)) return SEND_MS;
  return method === 'GET' || method === 'HEAD' ? askMs : CHANGE_MS;
}

function isAway(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'].includes(systemCode(error) ?? '');
}

function hangs(what: string, withinMs?: number): SlipwayError {
  const how = withinMs === undefined ? 'does not answer' : `gave no answer in ${withinMs / 1000} s (${what})`;
  return new SlipwayError('host-engine-hangs', `The Docker Engine of this server ${how}.`, {
    next: 'Computers that are in use go on. It is asked again by itself: try again in a minute, or tell whoever runs this server.',
    status: 503,
  });
}

function away(cause: unknown): SlipwayError {
  return new SlipwayError('host-engine-away', 'The Docker Engine of this server is not running at the moment.', {
    next: 'As soon as it runs again, Slipway goes on by itself: try again in a minute, or tell whoever runs this server.',
    status: 503,
    cause,
  });
}
