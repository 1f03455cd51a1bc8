// Uploads to a registry: only what seeding needs of the distribution API.
// https://distribution.github.io/distribution/spec/api/

import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Dial } from '../dial.ts';
import { SlipwayError } from '../errors.ts';
import type { Document } from './manifest.ts';

interface Answer {
  status: number;
  location: string;
  body: string;
}

export class StoreClient {
  readonly #dial: Dial;

  constructor(dial: Dial) {
    this.#dial = dial;
  }

  /** True when a registry answers. */
  async ready(): Promise<boolean> {
    try {
      return (await this.#ask('GET', '/v2/')).status === 200;
    } catch {
      return false;
    }
  }

  /** Makes a blob that another repository has one of this repository too. Throws SlipwayError when it has not. */
  async mountBlob(repository: string, digest: string, from: string): Promise<void> {
    if (from === repository) return;
    const path = `/v2/${repository}/blobs/uploads/?mount=${digest}&from=${from}`;
    const done = await this.#ask('POST', path);
    if (done.status !== 201) throw refused('POST', path, done);
  }

  /** Uploads the blob unless the repository has it. Throws SlipwayError when refused. */
  async putBlob(repository: string, digest: string, bytes: Buffer): Promise<void> {
    const uploads = `/v2/${repository}/blobs/uploads/`;
    if ((await this.#ask('HEAD', `/v2/${repository}/blobs/${digest}`)).status === 200) return;
    const begun = await this.#ask('POST', uploads);
    if (begun.status !== 202) throw refused('POST', uploads, begun);
    const target = new URL(begun.location, 'http://hub');
    target.searchParams.set('digest', digest);
    const path = target.pathname + target.search;
    const done = await this.#ask('PUT', path, { 'content-type': 'application/octet-stream' }, bytes);
    if (done.status !== 201) throw refused('PUT', path, done);
  }

  /** Stores the manifest under a tag or its digest. Throws SlipwayError when refused. */
  async putManifest(repository: string, reference: string, { mediaType, bytes }: Document): Promise<void> {
    const path = `/v2/${repository}/manifests/${reference}`;
    const done = await this.#ask('PUT', path, { 'content-type': mediaType }, bytes);
    if (done.status !== 201) throw refused('PUT', path, done);
  }

  async #ask(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const length = { 'content-length': String(body?.length ?? 0) };
    const options = {
      createConnection: () => this.#dial(),
      method,
      path,
      headers: { host: 'hub', ...headers, ...length },
      timeout: 30_000,
    };
    const sent = request(options, resolve).on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer for 30 s`)));
    sent.end(body);
    const answer = await promise;
    return {
      status: answer.statusCode ?? 0,
      location: answer.headers.location ?? '',
      body: (await buffer(answer)).toString(),
    };
  }
}

function refused(method: string, path: string, { status, body }: Answer): SlipwayError {
  return new SlipwayError('hub-refused', `${method} ${path}: the hub answered ${status} ${body.slice(0, 300)}`, {
    next: 'Look at the hub’s log, and at the free space of the engine’s disk.',
  });
}
