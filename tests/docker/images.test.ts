// What each offline image claims, asked of the images themselves: pulled from a seeded hub and run on the host engine.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HostImages } from '../../server/engine/host-images.ts';
import { HostServices } from '../../server/engine/host-service.ts';
import { type Hub, type HubOptions, startHub } from '../../server/hub/hub.ts';
import { ensureImages, type Images } from '../../server/images/ensure-images.ts';

const instance = `test-images-${process.pid}`;
const front = `slipway-test-front-${process.pid}`;
const engine = new Docker();
const services = new HostServices(engine);
const isRoot = process.getuid?.() === 0;
const pulled = new Set<string>();
let images: Images;
let hub: Hub;
let dataDir: string;
/** `127.0.0.1:PORT`, the hub's store served to the host engine. */
let host: string;

const docker = async (...args: string[]) => (await promisify(execFile)('docker', args)).stdout.trim();
const name = (image: string) => `${host}/library/${image}`;
const url = (path: string) => `http://${host}/v2/library/${path}`;

async function pull(image: string): Promise<string> {
  pulled.add(name(image));
  await docker('pull', '-q', name(image));
  return name(image);
}

async function manifest(path: string) {
  const accept =
    'application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json';
  return (await fetch(url(path), { headers: { accept } })).json() as Promise<{
    mediaType: string;
    layers: { digest: string }[];
    manifests: { digest: string; platform: { architecture: string } }[];
  }>;
}

/** Runs the image in the background, with a port of 127.0.0.1, and removes it afterwards. */
async function running(image: string, containerPort: number, check: (address: string, id: string) => Promise<void>) {
  const id = await docker('run', '-d', '-p', `127.0.0.1::${containerPort}`, await pull(image));
  try {
    const address = `http://${await docker('port', id, String(containerPort))}`;
    await expect
      .poll(
        () =>
          fetch(address).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
    await check(address, id);
  } finally {
    await docker('rm', '-fv', id);
  }
}

const options = (dir: string): HubOptions => ({
  engine,
  images,
  dataDir: dir,
  owner: { instance, folder: dir },
  transport: 'sockets',
  mode: 'offline',
  allow: [],
  capBytes: 0,
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  progress: () => {},
});

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'slipway-images-'));
  images = await ensureImages({ engine, mode: 'offline', progress: () => {} });
  hub = await startHub(options(dataDir));
  const filled = await docker('inspect', '-f', '{{.Config.Image}}', `slipway-hub-${instance}`);
  const address = ['-e', 'REGISTRY_HTTP_NET=tcp', '-e', 'REGISTRY_HTTP_ADDR=:5000', '-p', '127.0.0.1::5000'];
  await docker('run', '-d', '--name', front, ...address, filled);
  host = await docker('port', front, '5000');
  await vi.waitFor(() => fetch(`http://${host}/v2/`), { timeout: 10_000 });
}, 600_000);

afterAll(async () => {
  if (pulled.size > 0) await docker('rmi', '-f', ...pulled);
  await services.remove(front);
  await hub?.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

describe('offline images', { timeout: 180_000 }, () => {
  test.each(['alpine:3.19', 'alpine:3.20', 'busybox:1.35', 'busybox:1.36'])(
    '%s has a shell, the usual applets and its name',
    async (image) => {
      const [repository = '', tag = ''] = image.split(':');
      const wanted = [
        'sh',
        'ls',
        'cat',
        'awk',
        'sed',
        'grep',
        'vi',
        'wget',
        'ps',
        'tar',
        'sha256sum',
        'ping',
        'nc',
        'top',
      ];
      const script = `for a in ${wanted.join(' ')}; do command -v $a >/dev/null || echo no $a; done; id -un; touch /tmp/a; ls /root /var/log`;
      expect(await docker('run', '--rm', await pull(image), 'sh', '-c', script)).toMatch(/^root\n/);
      const file = repository === 'alpine' ? '/etc/os-release' : '/etc/slipway-stand-in';
      expect(await docker('run', '--rm', name(image), 'cat', file)).toMatch(
        new RegExp(`Slipway's stand-in for ${repository}[^\n]* ${tag}: Debian's busybox`, 'i'),
      );
    },
  );

  test('alpine’s release file has its version', async () => {
    expect(await docker('run', '--rm', await pull('alpine:3.19'), 'cat', '/etc/alpine-release')).toBe('3.19.0');
  });

  test('hello-world greets and says what it is', async () => {
    const said = await docker('run', '--rm', await pull('hello-world:latest'));
    expect(said).toContain('Hello from Docker!');
    expect(said).toContain("Slipway's stand-in");
  });

  test('alpine, busybox and hello-world are lists of two platforms', async () => {
    for (const path of ['alpine/manifests/3.20', 'busybox/manifests/1.36', 'hello-world/manifests/latest']) {
      const list = await manifest(path);
      expect(list.mediaType).toBe('application/vnd.docker.distribution.manifest.list.v2+json');
      expect(list.manifests.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64']);
    }
  });

  test('nginx has at least five layers, the first is alpine’s', async () => {
    const native = await docker('version', '-f', '{{.Server.Arch}}');
    const list = await manifest('alpine/manifests/3.20');
    const own = list.manifests.find(({ platform }) => platform.architecture === native);
    const [alpine, nginx] = [await manifest(`alpine/manifests/${own?.digest}`), await manifest('nginx/manifests/1.27')];
    expect(nginx.layers.length).toBeGreaterThanOrEqual(5);
    expect(nginx.layers[0]?.digest).toBe(alpine.layers[0]?.digest);
  });

  test.each(['nginx', 'alpine', 'busybox'])(
    '%s: latest is the newest tag, the older is another image',
    async (repository) => {
      const [older, newest] =
        { nginx: ['1.26', '1.27'], alpine: ['3.19', '3.20'], busybox: ['1.35', '1.36'] }[repository] ?? [];
      const texts = await Promise.all(
        [older, newest, 'latest'].map(async (tag) => JSON.stringify(await manifest(`${repository}/manifests/${tag}`))),
      );
      expect(texts[2]).toBe(texts[1]);
      expect(texts[0]).not.toBe(texts[1]);
    },
  );

  test.each(['1.26', '1.27'])('nginx:%s is Debian’s, says so, and logs to docker logs', async (tag) => {
    await running(`nginx:${tag}`, 80, async (address, id) => {
      const answer = await fetch(`${address}/?seen`);
      const server = answer.headers.get('server');
      expect(server).toMatch(/^nginx\/1\.\d+\.\d+$/);
      expect(await answer.text()).toContain(
        `Slipway's stand-in for nginx ${tag}: Debian's ${server?.replace('/', ' ')}`,
      );
      expect(await docker('logs', id)).toContain('GET /?seen');
      expect(await docker('exec', id, 'ps')).toContain('nginx: worker process');
    });
  });

  test('registry:2 has the official image’s paths, port, volume and defaults', async () => {
    await running('registry:2', 5000, async (address, id) => {
      expect(await (await fetch(`${address}/v2/_catalog`)).json()).toEqual({ repositories: [] });
      expect((await fetch(`${address}/v2/`)).headers.get('x-content-type-options')).toBe('nosniff');
      const config = JSON.parse(await docker('inspect', '-f', '{{json .Config}}', id));
      expect(config).toMatchObject({
        Entrypoint: ['/entrypoint.sh'],
        Cmd: ['/etc/docker/registry/config.yml'],
        ExposedPorts: { '5000/tcp': {} },
        Volumes: { '/var/lib/registry': {} },
      });
      expect(await docker('exec', id, '/bin/registry', '--version')).toContain('2.8');
      const local = `${address.replace('http://', '')}/kept:1`;
      pulled.add(local);
      await docker('tag', await pull('hello-world:latest'), local);
      await docker('push', '-q', local);
      const accept = 'application/vnd.docker.distribution.manifest.v2+json';
      const head = await fetch(`${address}/v2/kept/manifests/1`, { method: 'HEAD', headers: { accept } });
      const path = `${address}/v2/kept/manifests/${head.headers.get('docker-content-digest')}`;
      const refused = await fetch(path, { method: 'DELETE' });
      expect(refused.status).toBe(405);
      expect(await refused.text()).toContain('UNSUPPORTED');
      expect((await fetch(path, { headers: { accept } })).status).toBe(200);
      expect(await docker('exec', id, 'registry', 'garbage-collect', '/etc/docker/registry/config.yml')).toContain(
        '0 blobs and 0 manifests eligible for deletion',
      );
    });
  });

  test('registry:2 takes a command as the official image does', async () => {
    expect(await docker('run', '--rm', await pull('registry:2'), 'help')).toContain('registry');
    expect(await docker('run', '--rm', name('registry:2'), 'sh', '-c', 'echo shell')).toBe('shell');
  });

  test.each(['alpine:latest', 'busybox:latest', 'nginx:latest', 'hello-world:latest', 'registry:2'])(
    '%s is labelled a stand-in',
    async (image) => {
      const labels = JSON.parse(await docker('inspect', '-f', '{{json .Config.Labels}}', await pull(image)));
      expect(labels['slipway.stand-in']).toBe('true');
      expect(labels['org.opencontainers.image.title']).toMatch(
        new RegExp(`^Slipway's stand-in for ${image.split(':')[0]}`),
      );
      expect(labels['org.opencontainers.image.description']).toContain('not Docker Hub');
    },
  );

  test('the stand-ins are made once: another data folder has them at once, under any user', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'slipway-again-'));
    const owner = { instance: `${instance}-again`, folder: dir };
    const said: string[] = [];
    const ids = isRoot ? { uid: 4711, gid: 4712 } : {};
    await mkdir(join(dir, 'hub'));
    if (ids.uid) await chown(join(dir, 'hub'), ids.uid, ids.gid);
    const again = await startHub({ ...options(dir), owner, ...ids, progress: (line) => said.push(line) });
    try {
      expect(said).toEqual([]);
      expect(await services.volumes('hub', owner.instance)).toEqual([]);
      const asked = get({ socketPath: join(dir, 'hub', 'hub.sock'), path: '/v2/library/nginx/tags/list' });
      const [answer] = await once(asked, 'response');
      expect(JSON.parse(await text(answer)).tags).toContain('1.27');
    } finally {
      await again.stop();
      await rm(dir, { recursive: true });
    }
  });

  test('an aborted build leaves no tag and no container', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'slipway-abort-'));
    const command = `echo ${process.pid} && sleep 60`;
    await writeFile(join(dir, 'Dockerfile'), `FROM ${images.base}\nRUN ${command}\n`);
    const building = async () => (await docker('ps', '-a', '--no-trunc', '--format', '{{.Command}}')).includes(command);
    const tag = `slipway/parts:abort-${process.pid}`;
    const stop = new AbortController();
    const host = new HostImages(engine);
    const built = host.buildImage(dir, { tag, kind: 'parts', signal: stop.signal });
    await expect.poll(building, { timeout: 60_000 }).toBe(true);
    stop.abort(new Error('enough'));
    await expect(built).rejects.toThrow('enough');
    await expect.poll(building, { timeout: 55_000 }).toBe(false);
    expect(await host.imageExists(tag)).toBe(false);
    await rm(dir, { recursive: true });
  });

  test('a failing build throws its last lines', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'slipway-fail-'));
    await writeFile(join(dir, 'Dockerfile'), `FROM ${images.base}\nRUN echo said before && false\n`);
    const failed = new HostImages(engine).buildImage(dir, { tag: `slipway/parts:fail-${process.pid}`, kind: 'parts' });
    await expect(failed).rejects.toThrow(/said before[^]*returned a non-zero code: 1/);
    await rm(dir, { recursive: true });
  });
});
