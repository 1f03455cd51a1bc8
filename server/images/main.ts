// Makes everything Slipway runs on, without starting it: the images, and the hub with what it holds.

import type { HostEngine } from '../engine/host-images.ts';
import { startHub } from '../hub/hub.ts';
import { probeDockerHub } from './docker-hub-probe.ts';
import { ensureImages, type ImageMode, type Images } from './ensure-images.ts';

export interface RunImagesOptions {
  engine: HostEngine;
  dataDir: string;
  instance: string;
  /** Asks Docker Hub when absent. */
  mode?: ImageMode;
  upstream?: string;
  uid: number;
  gid: number;
  progress: (stage: string) => void;
  signal?: AbortSignal;
}

/** Builds and seeds what is missing; the hub stays running. Throws SlipwayError, or the signal's reason. */
export async function runImages(options: RunImagesOptions): Promise<Images> {
  const { engine, progress, signal } = options;
  const mode = options.mode ?? ((await probeDockerHub()) ? 'online' : 'offline');
  const images = await ensureImages({ engine, mode, progress, signal });
  signal?.throwIfAborted();
  await startHub({ ...options, images, mode });
  return images;
}
