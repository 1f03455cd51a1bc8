// The practice Docker Hub's front: TLS under Docker Hub's names, at a door of each sandbox's own.

import { createHmac } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Server as PlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import type { Dial } from '../dial.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { refuse } from './answers.ts';
import { type Certificates, ensureCertificates } from './certificates.ts';
import { Door } from './door.ts';
import { paceHandshakes } from './handshakes.ts';
import { createInnerDoor } from './inner-door.ts';
import { OwnRegistry } from './own-registry.ts';
import { type StoreOptions, StoreProxy } from './store-proxy.ts';
import { Tokens } from './tokens.ts';

const MAX_REQUESTS = 32;
/** A layer of an upload is compressed as it is sent, which takes its time. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000;
const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: UPLOAD_TIMEOUT_MS,
  keepAliveTimeout: 10_000,
};

/** One sandbox's door to the practice Docker Hub. */
export interface HubDoor {
  /** Closes it and every connection through it. */
  close(): Promise<void>;
}

/** Where a door is. */
export interface DoorPlace {
  /** Of the sandbox, for ever: a login outlives the server. */
  name: string;
  openDoor(server: Server): Promise<void>;
  /** Of the registry that keeps `learner/*`, which need not listen yet. */
  ownRegistry: Dial;
}

export interface PracticeHubOptions {
  dataDir: string;
  store: StoreOptions;
  /** Of one layer; what a learner's own repositories take in all is bounded by the sandbox's disk. */
  maxUploadBytes?: number;
}

export class PracticeHub {
  readonly #certificates: Certificates;
  readonly #store: StoreProxy;
  readonly #maxUploadBytes: number | undefined;
  readonly #doors = new Set<HubDoor>();
  #inside: PlainServer | null = null;

  private constructor(certificates: Certificates, store: StoreProxy, maxUploadBytes: number | undefined) {
    this.#maxUploadBytes = maxUploadBytes;
    this.#certificates = certificates;
    this.#store = store;
  }

  /** Makes or loads the certificates in `<dataDir>/ca`. Throws SlipwayError when that folder cannot be written. */
  static async open({ dataDir, store, maxUploadBytes }: PracticeHubOptions): Promise<PracticeHub> {
    return new PracticeHub(await ensureCertificates(join(dataDir, 'ca')), new StoreProxy(store), maxUploadBytes);
  }

  /** The certificate that the sandboxes trust. */
  get ca(): string {
    return this.#certificates.ca;
  }

  /** Answers whoever comes through this door from now on. Throws SlipwayError when it cannot be made. */
  async listen({ name, openDoor, ownRegistry }: DoorPlace): Promise<HubDoor> {
    const own = new OwnRegistry(ownRegistry, this.#maxUploadBytes);
    // The same at the next start, so that a login outlives the server; no door's key says anything about another's.
    const key = createHmac('sha256', this.#certificates.key).update(name).digest();
    const server = this.#makeServer(new Door(this.#store, own, new Tokens(key)));
    const dropWaiting = paceHandshakes(server);
    try {
      await openDoor(server);
    } catch (cause) {
      server.close();
      own.close();
      throw new SlipwayError(
        'hub-door-failed',
        `A door to the practice Docker Hub cannot be opened: ${messageOf(cause)}`,
        {
          next: 'The data folder must be writable, and the path of a socket in it shorter than 108 characters.',
          cause,
        },
      );
    }
    const door: HubDoor = {
      close: async () => {
        this.#doors.delete(door);
        const closed = new Promise((resolve) => server.close(resolve));
        dropWaiting();
        server.closeAllConnections();
        own.close();
        await closed;
      },
    };
    this.#doors.add(door);
    return door;
  }

  /** The same images for this server's own set-ups, on a socket that nobody else can reach. Throws SlipwayError when it cannot. */
  async listenInside(socketPath: string): Promise<void> {
    this.#inside = createInnerDoor(this.#store);
    try {
      await rm(socketPath, { force: true });
      await listening(this.#inside, socketPath);
    } catch (cause) {
      throw new SlipwayError('hub-door-failed', `The practice Docker Hub cannot listen: ${messageOf(cause)}`, {
        next: 'The data folder must be writable.',
        cause,
      });
    }
  }

  /** Names of images that everybody may pull, as learners write them. */
  names(): ReturnType<StoreProxy['names']> {
    return this.#store.names();
  }

  /** Bytes of its cache; null offline. Rejects where the store cannot be looked at. */
  storedBytes(): Promise<number | null> {
    return this.#store.storedBytes();
  }

  /** Closes every door. */
  async close(): Promise<void> {
    await Promise.all([...this.#doors].map((door) => door.close()));
    this.#inside?.close();
    this.#inside?.closeAllConnections();
    this.#store.close();
  }

  #makeServer(door: Door): Server {
    const { key, cert } = this.#certificates;
    let active = 0;
    const server = createServer({ key, cert, handshakeTimeout: 10_000, ...LIMITS }, (request, response) => {
      active += 1;
      response.once('close', () => {
        active -= 1;
      });
      if (active > MAX_REQUESTS) refuse(response, 'busy');
      else door.answer(request, response).catch(() => response.destroy());
    });
    server.maxConnections = 4 * MAX_REQUESTS;
    // A learner's engine that stops reading must not hold a stream of the store for ever.
    server.setTimeout(120_000);
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }
}

function listening(server: PlainServer, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(path, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}
