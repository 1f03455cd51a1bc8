// The offline images: which layers, tags and settings each stand-in for an image of Docker Hub has.

import type { RunConfig } from './manifest.ts';

/** Versions of what the stand-ins are really made of, and the architecture they were made on. */
export interface Facts {
  architecture: string;
  nginx: string;
  busybox: string;
  registry: string;
}

export interface StandIn {
  /** Under `library/`. */
  name: string;
  tags: string[];
  /** Made for amd64 and arm64, or for this computer only. */
  platforms: 'both' | 'native';
  /** What it really is; shown as the image's title. */
  title: string;
  /** Folder of the parts image → what `docker history` says. `ARCH` stands for the architecture. */
  layers: Record<string, string>;
  run: Omit<RunConfig, 'Labels'>;
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const BASE = { 'base-ARCH': 'COPY busybox and its applets from Debian' };
const LIBC = { libc: 'COPY the C library from Debian' };

/** All stand-ins. Seeded again whenever this answer changes. */
export function standIns(facts: Facts): StandIn[] {
  const alpine = (version: string, tags: string[]): StandIn => ({
    name: 'alpine',
    tags,
    platforms: 'both',
    title: `Slipway's stand-in for alpine ${version}: Debian's busybox ${facts.busybox}`,
    layers: { ...BASE, [`alpine-${version}`]: `COPY the name of alpine ${version}` },
    run: { Env: [PATH], Cmd: ['/bin/sh'] },
  });
  const busybox = (version: string, tags: string[]): StandIn => ({
    name: 'busybox',
    tags,
    platforms: 'both',
    title: `Slipway's stand-in for busybox ${version}: Debian's busybox ${facts.busybox}`,
    layers: { ...BASE, [`busybox-${version}`]: `COPY the name of busybox ${version}` },
    run: { Env: [PATH], Cmd: ['sh'] },
  });
  const nginx = (version: string, tags: string[]): StandIn => ({
    name: 'nginx',
    tags,
    platforms: 'native',
    title: `Slipway's stand-in for nginx ${version}: Debian's nginx ${facts.nginx}`,
    layers: {
      ...BASE,
      ...LIBC,
      'nginx-program': `COPY nginx ${facts.nginx} and its libraries from Debian`,
      'nginx-conf': 'COPY /etc/nginx and docker-entrypoint.sh',
      [`nginx-page-${version}`]: `COPY the welcome page of nginx ${version}`,
    },
    run: {
      Env: [PATH, `NGINX_VERSION=${facts.nginx}`],
      ExposedPorts: { '80/tcp': {} },
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      StopSignal: 'SIGQUIT',
    },
  });
  return [
    alpine('3.19', ['3.19']),
    alpine('3.20', ['3.20', 'latest']),
    busybox('1.35', ['1.35']),
    busybox('1.36', ['1.36', 'latest']),
    nginx('1.26', ['1.26']),
    nginx('1.27', ['1.27', 'latest']),
    {
      name: 'hello-world',
      tags: ['latest'],
      platforms: 'both',
      title: "Slipway's stand-in for hello-world",
      layers: { 'hello-ARCH': 'COPY hello /' },
      run: { Env: [PATH], Cmd: ['/hello'] },
    },
    {
      name: 'registry',
      tags: ['2', '2.8'],
      platforms: 'native',
      title: `Slipway's stand-in for registry 2: Debian's docker-registry ${facts.registry}`,
      layers: {
        ...BASE,
        ...LIBC,
        // One layer: most of a pull's time goes into how many there are.
        registry: `COPY docker-registry ${facts.registry} and its certificates from Debian, config.yml and entrypoint.sh`,
      },
      run: {
        Env: [PATH],
        ExposedPorts: { '5000/tcp': {} },
        Volumes: { '/var/lib/registry': {} },
        Entrypoint: ['/entrypoint.sh'],
        Cmd: ['/etc/docker/registry/config.yml'],
      },
    },
  ];
}
