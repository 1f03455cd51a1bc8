// Tells a Linux engine of Docker's from those that Slipway cannot use, by what they say of themselves.

import { z } from 'zod';
import { SlipwayError } from '../errors.ts';

const MIN_API = 1.4;

const versionShape = z.object({
  Version: z.string().max(100).optional(),
  ApiVersion: z.string().max(100).optional(),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
});
const infoShape = z.object({
  OSType: z.string().optional(),
});

/** Why this engine is none for us, or null. */
export function refusalOf(rawVersion: unknown, rawInfo: unknown): SlipwayError | null {
  const version = versionShape.catch({}).parse(rawVersion);
  const info = infoShape.catch({}).parse(rawInfo);
  if (version.Components?.some(({ Name }) => Name === 'Podman Engine')) {
    return refuse(
      'engine-podman',
      `This is Podman${version.Version ? ` ${version.Version}` : ''}, not Docker Engine.`,
      'Install Docker Engine beside it and set DOCKER_HOST=unix:///var/run/docker.sock.',
    );
  }
  if (info.OSType !== undefined && info.OSType !== 'linux') {
    return refuse(
      'engine-windows',
      `This engine runs ${info.OSType} containers.`,
      'Run Slipway on a Linux machine with Docker Engine.',
    );
  }
  const [major = 0, minor = 0] = (version.ApiVersion ?? '0.0').split('.').map(Number);
  if (major + minor / 100 < MIN_API) {
    return refuse(
      'engine-old',
      `This engine is too old (${version.Version ?? 'an unknown version'}, API ${version.ApiVersion ?? 'unknown'}).`,
      'Install Docker Engine 20.10 or newer.',
    );
  }
  return null;
}

function refuse(code: string, message: string, next: string): SlipwayError {
  return new SlipwayError(code, message, { next });
}
