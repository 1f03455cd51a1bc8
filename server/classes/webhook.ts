// Tells completions to an address that whoever runs the server has set: signed, tried again, and kept over a restart.

import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Webhook as WebhookView } from '../../protocol/webhook.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import type { CompletionStore, WaitingRow } from '../store/completion-store.ts';
import { isOutside, notOutside, outsideLookup } from './outside-address.ts';

const TOGETHER = 4;
const TIMEOUT_MS = 10_000;
const FIRST_AGAIN_MS = 10_000;
const MOST_AGAIN_MS = 3600_000;
/** From the completion on: a weekend's outage is outlived. */
const GIVEN_UP_MS = 3 * 24 * 3600_000;

export interface WebhookParts {
  store: CompletionStore;
  url: string;
  /** Whoever has it can tell what comes from here. */
  secret: string;
  /** Whether it may be on this machine or in its networks. */
  mayBeInside: boolean;
  log: { warn(fields: object, text: string): void };
  firstAgainMs?: number;
  timeoutMs?: number;
  now?: () => number;
}

/** Over `TIMESTAMP.BODY`, so that neither can be another's. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

export class Webhook {
  readonly #parts: WebhookParts;
  readonly #url: URL;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #state: 'resting' | 'sending' | 'closed' = 'resting';

  constructor(parts: WebhookParts) {
    this.#parts = parts;
    this.#url = new URL(parts.url);
    this.#now = parts.now ?? Date.now;
  }

  /** Its query may hold a secret. */
  get origin(): string {
    return this.#url.origin;
  }

  /** Sends what is due, and goes on by itself. */
  wake(): void {
    if (this.#state !== 'resting') return;
    clearTimeout(this.#timer);
    const due = this.#parts.store.due(this.#now(), TOGETHER);
    if (due.length === 0) return this.#waitForNext();
    this.#state = 'sending';
    void this.#sendAll(due);
  }

  /** What is on its way is sent again at the next start. */
  close(): void {
    this.#state = 'closed';
    clearTimeout(this.#timer);
  }

  async #sendAll(due: readonly WaitingRow[]): Promise<void> {
    const done = await Promise.allSettled(due.map((row) => this.#try(row)));
    if (this.#state === 'closed') return;
    this.#state = 'resting';
    const [failed] = done.filter((one) => one.status === 'rejected');
    if (!failed) return this.wake();
    // What the database did not take would be due at once again.
    this.#parts.log.warn({ error: messageOf(failed.reason) }, 'what came of completions could not be kept');
    this.#timer = setTimeout(() => this.wake(), FIRST_AGAIN_MS).unref();
  }

  #waitForNext(): void {
    const dueMs = this.#parts.store.nextDueMs();
    if (dueMs === null) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(MOST_AGAIN_MS, Math.max(1, dueMs - this.#now()))).unref();
  }

  async #try(row: WaitingRow): Promise<void> {
    const { store, log, firstAgainMs = FIRST_AGAIN_MS } = this.#parts;
    try {
      await this.#send(row);
      if (this.#state !== 'closed') store.delivered(row.id);
    } catch (error) {
      if (this.#state === 'closed') return;
      const nowMs = this.#now();
      // Up to a quarter more, so that those of one class do not come all at once again.
      const againMs = Math.ceil(Math.min(MOST_AGAIN_MS, firstAgainMs * 2 ** row.tries) * (1 + Math.random() / 4));
      const isGivenUp = nowMs + againMs > row.madeMs + GIVEN_UP_MS;
      const trouble = messageOf(error);
      store.failed(row.id, trouble, isGivenUp ? null : nowMs + againMs, nowMs);
      log.warn({ error: trouble, tries: row.tries + 1, isGivenUp }, 'a completion could not be told');
    }
  }

  #send({ id, body }: WaitingRow): Promise<void> {
    const { secret, mayBeInside, timeoutMs = TIMEOUT_MS } = this.#parts;
    const host = this.#url.hostname.replace(/^\[|\]$/g, '');
    // No name is looked up for an address.
    if (!mayBeInside && isIP(host) !== 0 && !isOutside(host)) return Promise.reject(notOutside(host));
    const timestamp = String(Math.floor(this.#now() / 1000));
    const send = this.#url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const asked = send(this.#url, {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        ...(mayBeInside ? {} : { lookup: outsideLookup }),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'slipway',
          'slipway-delivery': id,
          'slipway-timestamp': timestamp,
          'slipway-signature': signatureOf(secret, timestamp, body),
        },
      });
      asked.on('error', reject);
      asked.on('response', (answer) => {
        const { statusCode = 0 } = answer;
        // What it says is not read, and where it leads is not gone to.
        answer.destroy();
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new SlipwayError('webhook', `It answered with status ${statusCode}.`, { next: 'Look there.' }));
      });
      asked.end(body);
    });
  }
}

/** Of a class, or of all; `webhook` is null where none is set. */
export function webhookView(store: CompletionStore, webhook: Webhook | null, ofClass: number | null): WebhookView {
  return { origin: webhook?.origin ?? null, ...store.count(ofClass) };
}
