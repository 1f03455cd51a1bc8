// Where the sockets of the hub's store are, and the way to them: a folder of this host, or the container's own where none is shared.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { type Dial, socketDial } from '../dial.ts';
import { ExecCarrier } from '../engine/exec-carrier.ts';
import { type HostEngine, HostImages } from '../engine/host-images.ts';
import type { ServiceSpec } from '../engine/host-service.ts';
import type { Owner } from '../engine/labels.ts';
import type { Transport } from '../engine/sandbox-link.ts';

/** As the registry's settings in sandbox/offline/hub have it. */
export const SOCKET_FOLDER = '/socket';
const CARRIER = '/usr/local/lib/slipway/carrier';

export interface StorePlace {
  /** What the container needs for it. */
  spec: Pick<ServiceSpec, 'binds' | 'scratch'>;
  /** To a socket in the folder of the container of that name. */
  dial(container: string, socket: string): Dial;
}

export interface StorePlaceOptions {
  engine: HostEngine;
  owner: Owner;
  transport: Transport;
  /** On this computer, with these files for the store. */
  dir: string;
  files: readonly string[];
  /** Holds the carrier. */
  learnerImage: string;
  /** Of the store's only process. */
  uid: number;
  gid: number;
}

/** Where no folder is shared, the carrier out of the image and the files go into the container's own. */
export async function storePlace(options: StorePlaceOptions): Promise<StorePlace> {
  const { engine, owner, transport, dir, learnerImage, uid, gid } = options;
  if (transport === 'sockets') {
    return { spec: { binds: [`${dir}:${SOCKET_FOLDER}`] }, dial: (_, socket) => socketDial(join(dir, socket)) };
  }
  const image = { image: learnerImage, path: CARRIER, owner };
  const carrier = await new HostImages(engine).exportFromImage(image, (tar) => buffer(tar));
  return {
    spec: { binds: [], scratch: { path: SOCKET_FOLDER, archives: [await ownFolder(options), carrier] } },
    dial(container, socket) {
      const path = `${SOCKET_FOLDER}/${socket}`;
      const program = `${SOCKET_FOLDER}/carrier`;
      const user = `${uid}:${gid}`;
      return new ExecCarrier(engine, { container, user, program, door: null, sockets: [path] }).dial(path);
    },
  };
}

/** Makes the folder that it is unpacked in the store's, and brings the files. */
async function ownFolder({ dir, files, uid, gid }: StorePlaceOptions): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: './', type: 'directory', mode: 0o700, uid, gid });
  for (const name of files) tar.entry({ name, mode: 0o600, uid, gid }, await readFile(join(dir, name)));
  tar.finalize();
  return buffer(tar as never);
}
