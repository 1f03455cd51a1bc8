// The practice Docker Hub as a learner's own engine sees it, and the hub behind it.

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HostServices } from '../../server/engine/host-service.ts';
import { SocketLink } from '../../server/engine/sandbox-link.ts';
import { type Hub, type HubOptions, startHub } from '../../server/hub/hub.ts';
import { PracticeHub } from '../../server/hub/practice-hub.ts';
import { ensureImages } from '../../server/images/ensure-images.ts';
import { startLimitingProxy } from '../support/limiting-proxy.ts';

const instance = `test-hub-${process.pid}`;
const sandbox = `slipway-test-hub-sandbox-${process.pid}`;
const upstream = `slipway-test-hub-upstream-${process.pid}`;
const uidBase = 1_500_000_000 + (process.pid % 1000) * 70_000;
/** After which the C library asks a name server that is silent a second time. */
const NAME_SERVER_MS = 5_000;
const services = new HostServices(new Docker());
const SLOW = { timeout: 180_000 };
const said: string[] = [];
let options: HubOptions;
let hub: Hub;
let practice: PracticeHub;
let link: SocketLink;
let dir: string;

const doorOf = (of: SocketLink) => ({
  name: 'the only one',
  openDoor: (server: Server) => of.openDoor(server),
  ownRegistry: of.dial('hub-registry'),
});

interface Outcome {
  code: number;
  out: string;
  err: string;
}

async function docker(...args: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)('docker', args);
    return { code: 0, out: stdout.trim(), err: stderr.trim() };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: number; stdout?: string; stderr?: string };
    return { code: code ?? -1, out: stdout.trim(), err: stderr.trim() };
  }
}

/** A command on the learner's computer. */
const learner = (...args: string[]) => docker('exec', '-u', `${uidBase}:${uidBase}`, sandbox, 'box', ...args);

async function askHub(method: string, path: string): Promise<{ status?: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status?: number; body: string }>();
  const answered = request({ createConnection: () => hub.store.dial(), method, path }, async (answer) => {
    resolve({ status: answer.statusCode, body: await text(answer) });
  });
  answered.on('error', reject).end();
  return promise;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'slipway-hub-'));
  const engine = new Docker();
  const images = await ensureImages({ engine, mode: 'offline', progress: () => {} });
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  options = {
    engine,
    images,
    dataDir: dir,
    owner: { instance, folder: dir },
    transport: 'sockets',
    mode: 'offline',
    allow: ['nginx', 'alpine'],
    capBytes: 2 ** 30,
    uid,
    gid,
    progress: (line) => said.push(line),
  };
  hub = await startHub(options);
  practice = await PracticeHub.open({ dataDir: dir, store: hub.store });
  link = new SocketLink(join(dir, 'sandbox'));
  await link.prepare(practice.ca);
  await practice.listen(doorOf(link));
  await chmod(dir, 0o755);
  const seccomp = new URL('../../sandbox/seccomp.json', import.meta.url).pathname;
  const started = await docker(
    ...['run', '-d', '--name', sandbox, '--hostname', 'slipway', '--network', 'none', '--read-only'],
    ...['--cap-drop', 'ALL', '--cap-add', 'SETUID', '--cap-add', 'SETGID', '--security-opt', 'no-new-privileges'],
    ...['--security-opt', `seccomp=${seccomp}`, '--security-opt', 'systempaths=unconfined', '--memory', '1g'],
    ...[
      '--tmpfs',
      '/run:mode=755,size=1m',
      '--tmpfs',
      '/box:mode=1777,size=1m',
      '--tmpfs',
      '/tmp:mode=1777,size=256m,exec',
    ],
    ...[
      '-v',
      `${link.relayDir}:/relay`,
      '-v',
      `${link.hubDir}:/hub:ro`,
      '-v',
      '/data',
      '-e',
      `SANDBOX_UID_BASE=${uidBase}`,
      images.learner,
    ],
  );
  if (started.code !== 0) throw new Error(started.err);
  const deadline = Date.now() + 20_000;
  while ((await learner('docker', 'version')).code !== 0)
    if (Date.now() > deadline) throw new Error('the sandbox’s engine is not up');
}, 600_000);

afterAll(async () => {
  await practice?.close();
  await hub?.stop();
  await docker('rm', '-fv', sandbox, upstream);
  for (const name of [instance, `${instance}-online`]) {
    for (const volume of await services.volumes('hub', name)) await services.removeVolume(volume);
  }
  await rm(dir, { recursive: true, force: true });
}, 60_000);

describe('the practice Docker Hub, to a learner’s engine', SLOW, () => {
  test('images are pulled and run', async () => {
    expect((await learner('docker', 'run', '--rm', 'hello-world')).out).toContain('Hello from Docker!');
    const pulled = await learner('docker', 'pull', 'nginx');
    expect(pulled.out).toContain('Status: Downloaded newer image for nginx:latest');
    expect((await learner('docker', 'run', '--rm', 'nginx', 'nginx', '-t')).err).toContain('test is successful');
    expect((await learner('docker', 'run', '--rm', 'alpine:3.19', 'cat', '/etc/alpine-release')).out).toBe('3.19.0');
    expect((await learner('docker', 'pull', 'docker.io/library/alpine:3.19')).out).toContain('Image is up to date');
  });

  test('a stand-in serves and logs in the learner’s engine', async () => {
    await learner('docker', 'run', '-d', '--name', 'web', '-p', '8080:80', 'nginx');
    await learner('docker', 'run', '-d', '--name', 'registry', '-p', '5000:5000', 'registry:2');
    await expect
      .poll(async () => (await learner('curl', '-si', 'localhost:8080')).out, { timeout: 10_000 })
      .toContain('Server: nginx/1.');
    expect((await learner('docker', 'logs', 'web')).out).toContain('GET / HTTP/1.1');
    await expect
      .poll(async () => (await learner('curl', '-s', 'localhost:5000/v2/')).out, { timeout: 10_000 })
      .toBe('{}');
    await learner('docker', 'rm', '-fv', 'web', 'registry');
  });

  test('an unknown repository', async () => {
    expect(await learner('docker', 'pull', 'ngnix')).toMatchObject({
      code: 1,
      err: "Error response from daemon: pull access denied for ngnix, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    });
  });

  test('an unknown tag, and an unknown digest', async () => {
    const unknown = 'Error response from daemon: manifest for nginx:9.99 not found: manifest unknown: manifest unknown';
    expect(await learner('docker', 'pull', 'nginx:9.99')).toMatchObject({ code: 1, err: unknown });
    const digest = `nginx@sha256:${'0'.repeat(64)}`;
    expect((await learner('docker', 'pull', digest)).err).toContain(
      `manifest for ${digest} not found: manifest unknown`,
    );
  });

  test.each(['nginx', 'learner/app', 'ngnix', 'myrepo/alpine:v1'])('a push of %s is denied at once', async (name) => {
    await learner('docker', 'tag', 'nginx', name);
    const startMs = Date.now();
    expect(await learner('docker', 'push', name)).toMatchObject({
      code: 1,
      err: 'denied: requested access to the resource is denied',
    });
    expect(Date.now() - startMs).toBeLessThan(4000);
  });

  describe('the practice account', () => {
    const login = (password: string, user = 'learner') =>
      learner('sh', '-c', `echo ${password} | docker login -u ${user} --password-stdin`);

    test('a wrong password and a wrong user are refused in Docker Hub’s words', async () => {
      const refused =
        'Error response from daemon: Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password';
      expect(await login('wrong')).toMatchObject({ code: 1, err: refused });
      expect(await login('hubpass', 'alice')).toMatchObject({ code: 1, err: refused });
    });

    test('it pushes below its name and nowhere else, and anybody pulls what it pushed', async () => {
      await learner('docker', 'pull', 'alpine');
      for (const name of ['learner/alpine:v1', 'myrepo/alpine:v1']) await learner('docker', 'tag', 'alpine', name);
      expect((await learner('docker', 'pull', 'learner/alpine:v1')).err).toContain(
        'pull access denied for learner/alpine',
      );
      expect(await login('hubpass')).toMatchObject({ code: 0, out: 'Login Succeeded' });
      const { auths } = JSON.parse((await learner('cat', '/root/.docker/config.json')).out);
      expect(atob(auths['https://index.docker.io/v1/'].auth)).toBe('learner:hubpass');

      expect((await learner('docker', 'pull', 'learner/alpine:v1')).err).toContain(
        'pull access denied for learner/alpine',
      );
      const pushed = await learner('docker', 'push', 'learner/alpine:v1');
      expect(pushed).toMatchObject({
        code: 0,
        out: expect.stringMatching(/v1: digest: sha256:[0-9a-f]{64} size: \d+$/),
      });
      for (const name of ['myrepo/alpine:v1', 'nginx']) {
        expect(await learner('docker', 'push', name)).toMatchObject({
          code: 1,
          err: 'denied: requested access to the resource is denied',
        });
      }

      expect((await learner('docker', 'logout')).code).toBe(0);
      expect((await learner('docker', 'push', 'learner/alpine:v1')).err).toContain(
        'denied: requested access to the resource is denied',
      );
      await learner('docker', 'rmi', 'learner/alpine:v1');
      expect((await learner('docker', 'pull', 'learner/alpine:v1')).out).toContain(
        'Downloaded newer image for learner/alpine:v1',
      );
      expect((await learner('docker', 'pull', 'learner/alpine:v2')).err).toContain(
        'manifest for learner/alpine:v2 not found: manifest unknown',
      );
    });

    test('a layer of 40 MB is pushed, and mounted from one own repository into another', async () => {
      await learner(
        'sh',
        '-c',
        'head -c 40000000 /dev/urandom > /tmp/large && tar -C /tmp -c large | docker import - learner/large',
      );
      await login('hubpass');
      expect((await learner('docker', 'push', 'learner/large')).code).toBe(0);
      await learner('docker', 'tag', 'learner/large', 'learner/large-too');
      expect((await learner('docker', 'push', 'learner/large-too')).out).toContain('Mounted from learner/large');
      await learner('docker', 'logout');
    });

    test('the search finds Docker Hub’s images and its own', async () => {
      const search = async (...args: string[]) =>
        (await learner('docker', 'search', '--format', '{{.Name}} {{.IsOfficial}}', ...args)).out;
      expect(await search('nginx')).toBe('nginx [OK]');
      expect((await search('alpine')).split('\n')).toEqual(['alpine [OK]', 'learner/alpine']);
      expect((await search('--filter', 'is-official=true', 'alpine')).trim()).toBe('alpine [OK]');
      expect((await search('--filter', 'stars=15000', 'image')).trim()).toBe('');
      expect((await search('--limit', '1', 'image')).split('\n')).toHaveLength(1);
      expect(await search('nosuchimage')).toBe('');
    });
  });

  test('its names are docker.io’s, hub.docker.com is unknown, and the front page says what it is', async () => {
    expect((await learner('curl', '-s', 'https://docker.io/')).out).toContain('This is a practice Docker Hub');
    const startMs = Date.now();
    expect((await learner('curl', '-sS', 'https://hub.docker.com/')).err).toContain('Could not resolve host');
    // Who asks a name server in vain waits longer.
    expect(Date.now() - startMs).toBeLessThan(NAME_SERVER_MS);
  });

  test('nothing else of the hub can be reached', async () => {
    const status = async (path: string) =>
      (await learner('curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', `https://registry-1.docker.io${path}`)).out;
    expect(await status('/v2/')).toBe('401');
    expect(await status('/v2/_catalog')).toBe('404');
    expect(await status('/debug/vars')).toBe('404');
    expect(await status('/v2/slipway/seeded/tags/list')).toBe('401');
  });
});

describe('the hub', SLOW, () => {
  test('cannot be written to', async () => {
    expect((await askHub('GET', '/v2/')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/v2/library/nginx/blobs/uploads/'],
      ['DELETE', `/v2/library/nginx/manifests/sha256:${'0'.repeat(64)}`],
    ] as const) {
      expect((await askHub(method, path)).status).toBe(405);
    }
  });

  test('is an unprivileged container without network', async () => {
    const { out } = await docker('inspect', '-f', '{{json .HostConfig}}', `slipway-hub-${instance}`);
    expect(JSON.parse(out)).toMatchObject({
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      RestartPolicy: { Name: 'unless-stopped' },
    });
  });

  test('is taken over when it runs as wanted, and started again on its store when it is gone', async () => {
    const idOf = async () => (await docker('inspect', '-f', '{{.Id}}', `slipway-hub-${instance}`)).out;
    const id = await idOf();
    await startHub(options);
    expect(await idOf()).toBe(id);
    await hub.stop();
    expect(await hub.ready()).toBe(false);
    said.length = 0;
    hub = await startHub(options);
    expect(await idOf()).not.toBe(id);
    expect(said).toEqual([]);
    expect((await askHub('GET', '/v2/library/nginx/tags/list')).body).toContain('1.27');
  });

  test('online, caches the images that are allowed as long as they fit, and serves what it has without its upstream', async () => {
    await using online = await startOnline({ allow: ['nginx', 'registry'], capBytes: 10 * 2 ** 20 });
    const { pull, forget, figures, proxy } = online;
    await forget();
    expect((await pull('nginx')).out).toContain('Downloaded newer image for nginx:latest');
    expect((await pull('nginx:9.99')).err).toContain('manifest unknown');
    for (const name of ['busybox', 'ngnix']) expect((await pull(name)).err).toContain(`pull access denied for ${name}`);
    const refused = await pull('registry:2');
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('toomanyrequests: the practice Docker Hub is full'),
    });
    const fetched = figures().fetchedBytes;
    expect(figures().requests).toMatchObject({
      nginx: { miss: expect.any(Number) },
      registry: { full: expect.any(Number) },
    });
    expect(fetched).toBeGreaterThan(3_000_000);
    proxy.close();
    await forget();
    expect((await pull('nginx')).out).toContain('Downloaded newer image for nginx:latest');
    expect(figures().requests.nginx?.hit).toBeGreaterThan(2);
    expect(figures().fetchedBytes).toBe(fetched);
    expect(figures().servedBytes).toBeGreaterThan(2 * 3_000_000);
  });

  test('online with an account, at Docker Hub’s limit, it serves what it has and says so; no password is to be seen', async () => {
    const credentials = { user: 'teacher', password: 's3cret-"pass' };
    await using online = await startOnline({ allow: ['alpine', 'busybox'], credentials });
    const { pull, forget, figures, proxy } = online;
    await forget();
    expect((await pull('alpine:3.20')).out).toContain('Downloaded newer image');
    await expect.poll(() => figures().rateLimit).toMatchObject({ limit: 100, windowS: 21_600 });
    expect(figures()).toMatchObject({ limitedSinceMs: null });
    proxy.left = 0;
    const refusal = 'toomanyrequests: Docker Hub gives this server no more for now';
    for (const name of ['busybox', 'busybox:1.35']) expect((await pull(name)).err, name).toContain(refusal);
    // Right after a refusal nothing is asked for, not even what does not exist.
    const afterARefusal = async () => {
      await pull('busybox');
      return (await pull('busybox:9.99')).err;
    };
    await expect.poll(afterARefusal, { timeout: 40_000 }).toContain(refusal);
    expect(figures()).toMatchObject({
      limitedSinceMs: expect.any(Number),
      requests: { busybox: { limited: expect.any(Number) } },
    });
    await forget();
    expect((await pull('alpine:3.20')).out).toContain('Downloaded newer image');
    proxy.left = 100;
    await expect.poll(async () => (await pull('busybox')).code, { timeout: 20_000, interval: 500 }).toBe(0);
    expect(figures().limitedSinceMs).toBe(null);

    const name = `slipway-hub-${instance}-online`;
    const seen = (await docker('inspect', name)).out + (await docker('logs', name)).out;
    expect(seen).toContain('/socket/cache.yml');
    expect(seen).not.toContain('s3cret');
    expect((await stat(join(dir, 'online', 'hub', 'cache.yml'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dir, 'online', 'hub', 'cache.yml'), 'utf8')).toContain('s3cret');
    // The positive control of the account: another password is turned away.
    proxy.password = 'another';
    await forget();
    expect((await pull('busybox:1.35')).code).not.toBe(0);
  });

  /** A cache of the offline store behind a proxy that counts manifests as Docker Hub does. */
  async function startOnline(more: Partial<HubOptions>) {
    const filled = (await docker('inspect', '-f', '{{.Config.Image}}', `slipway-hub-${instance}`)).out;
    await docker('rm', '-fv', upstream);
    await docker(
      ...['run', '-d', '--name', upstream, '-e', 'REGISTRY_HTTP_NET=tcp'],
      ...['-e', 'REGISTRY_HTTP_ADDR=:5000', filled],
    );
    const network = (format: string) => docker('inspect', '-f', `{{.NetworkSettings.${format}}}`, upstream);
    const [address, gateway] = await Promise.all([network('IPAddress'), network('Gateway')]);
    const proxy = await startLimitingProxy(`http://${address.out}:5000`, more.credentials ?? null);
    await practice.close();
    const owner = { instance: `${instance}-online`, folder: dir };
    const online = { ...options, dataDir: join(dir, 'online'), owner, ...more };
    const cache = await startHub({ ...online, mode: 'online', upstream: `http://${gateway.out}:${proxy.port}` });
    const front = await PracticeHub.open({ dataDir: dir, store: cache.store });
    await front.listen(doorOf(link));
    return {
      proxy,
      pull: (name: string) => learner('docker', 'pull', name),
      forget: () => learner('sh', '-c', 'docker rmi -f $(docker images -q)'),
      figures: () => cache.figures.counts(),
      async [Symbol.asyncDispose]() {
        await front.close();
        await cache.stop();
        for (const volume of await services.volumes('hub', owner.instance)) await services.removeVolume(volume);
        proxy.close();
      },
    };
  }
});
