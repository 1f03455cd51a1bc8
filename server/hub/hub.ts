// The hub: one registry container on the host engine that holds what learners may pull from the practice Docker Hub.

import { chmod, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type HostEngine, HostImages } from '../engine/host-images.ts';
import { HostServices, type ServiceSpec } from '../engine/host-service.ts';
import type { Owner } from '../engine/labels.ts';
import type { Transport } from '../engine/sandbox-link.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { hashValue } from '../images/content-hash.ts';
import type { ImageMode, Images } from '../images/ensure-images.ts';
import { StoreClient } from '../images/store-client.ts';
import { AddedImages } from './added-images.ts';
import { readContents } from './cache-budget.ts';
import { writeCacheConfig } from './cache-config.ts';
import { HubFigures } from './figures.ts';
import { filledImage, waitReady } from './fill.ts';
import { SOCKET_FOLDER, storePlace } from './store-place.ts';
import type { StoreOptions } from './store-proxy.ts';
import { Upstream, type UpstreamCredentials } from './upstream.ts';

/** What `readContents` reads. */
const LIST_FILES = ['find', '/store', '-type', 'f', '-printf', '%s %P\\n'];

export interface HubOptions {
  engine: HostEngine;
  images: Images;
  dataDir: string;
  /** Tells this server's hub from another's on the same engine. */
  owner: Owner;
  transport: Transport;
  /** `online`: a pull-through cache of `upstream`; `offline`: the stand-ins, read-only. */
  mode: ImageMode;
  /** The registry to cache, instead of Docker Hub. */
  upstream?: string;
  /** The account there; null where nobody logs in. */
  credentials?: UpstreamCredentials | null;
  /** Online: the images that may be pulled, and how much the store may hold. */
  allow: readonly string[];
  capBytes: number;
  /** The server's: only they can connect to the hub's socket. */
  uid: number;
  gid: number;
  progress: (stage: string) => void;
  log?: { warn(fields: object, text: string): void };
}

export interface Hub {
  /** How its store is reached and, online, what may come into it. */
  store: StoreOptions;
  mode: ImageMode;
  figures: HubFigures;
  /** Images of whoever runs this server. */
  added: AddedImages;
  /** Online: asks upstream what it still gives, where that is not known since a minute. Never throws. */
  look(): Promise<void>;
  /** True when it answers now. */
  ready(): Promise<boolean>;
  /** Removes the container; its store stays for the next start. */
  stop(): Promise<void>;
}

/** Starts the hub, or takes over the one that runs with the same settings. Throws SlipwayError when it does not come up. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const {
    engine,
    images,
    dataDir,
    owner,
    transport,
    mode,
    upstream = 'https://registry-1.docker.io',
    credentials = null,
    allow,
    capBytes,
    uid,
    gid,
    progress,
    log,
  } = options;
  const { instance } = owner;
  const services = new HostServices(engine);
  /** Of what comes from upstream; offline all is in the image. */
  const store = mode === 'online' ? `slipway-hub-${instance}-${hashValue({ content: { upstream }, uid, gid })}` : null;
  const dir = join(dataDir, 'hub');
  await mkdir(dir, { recursive: true });
  await chmod(dir, 0o700);
  const cacheConfig = await writeCacheConfig(dir, mode === 'online' ? credentials : null);
  const files = dirname(cacheConfig.path) === SOCKET_FOLDER ? [basename(cacheConfig.path)] : [];
  const place = await storePlace({ engine, owner, transport, dir, files, learnerImage: images.learner, uid, gid });
  const bare: ServiceSpec = {
    name: `slipway-hub-${instance}`,
    image: images.hub,
    command: [mode === 'offline' ? '/etc/slipway/serve.yml' : cacheConfig.path],
    env: mode === 'offline' ? [] : [`REGISTRY_PROXY_REMOTEURL=${upstream}`],
    kind: 'hub',
    owner,
    labels: {},
    ...place.spec,
    binds: [...(store === null ? [] : [`${store}:/store`]), ...place.spec.binds],
    user: `${uid}:${gid}`,
    network: mode === 'offline' ? 'none' : 'bridge',
    restart: 'unless-stopped',
  };
  const host = new HostImages(engine);
  const spec =
    mode === 'online'
      ? bare
      : {
          ...bare,
          image: await filledImage({ services, images: host, parts: partsOf(images), place, spec: bare, progress }),
        };
  const config = hashValue({ ...spec, scratch: place.spec.scratch && images.learner });
  const dial = place.dial(spec.name, 'hub.sock');
  const client = new StoreClient(dial);
  const contents = async () => readContents(await services.output(spec.name, LIST_FILES));
  const figures = new HubFigures();
  const added = new AddedImages(join(dataDir, 'images'), (error) =>
    log?.warn({ error: messageOf(error) }, 'the added images are not served'),
  );
  const asked = new Upstream({ url: upstream, credentials, figures });
  const cache = mode === 'online' ? { cache: { allow, capBytes, contents, upstream: asked } } : {};
  const hub: Hub = {
    store: { dial, figures, added, ...cache },
    mode,
    figures,
    added,
    look: async () => {
      if (mode === 'online') await asked.look();
    },
    ready: () => client.ready(),
    stop: () => services.remove(spec.name),
  };

  const found = await services.state(spec.name);
  const removeOthers = async () => {
    for (const volume of await services.volumes('hub', instance)) {
      if (volume !== store) await services.removeVolume(volume);
    }
  };
  const same = found?.running && found.labels['slipway.config'] === config && !cacheConfig.changed;
  if (same && (await hub.ready())) {
    await removeOthers();
    return hub;
  }

  if (store !== null) await services.makeVolume(store, 'hub', owner);
  await services.remove(spec.name);
  await services.start({ ...spec, labels: { 'slipway.config': config } });
  await waitReady(services, spec.name, client);
  await removeOthers();
  return hub;
}

function partsOf(images: Images): string {
  if (images.parts !== null) return images.parts;
  throw new SlipwayError('parts-missing', 'An offline hub needs images that were built in offline mode.', {
    next: 'Call ensureImages with mode "offline" first.',
  });
}
