// The client of a sandbox's engine against things that are none, as a learner may put them in its place.

import http from 'node:http';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { readImage, readImages } from './answers.ts';
import type { SandboxEngine } from './sandbox-engine.ts';
import { endless, json, TestEngine } from './test-engine.ts';

/** Below the 4 s for which an answer is waited, by as much as a busy machine may need. */
const AT_ONCE_MS = 3_800;
const GIVEN_UP_MS = 8_000;
const ID = `sha256:${'a'.repeat(64)}`;
const IMAGE = { Id: ID, RepoTags: ['nginx:latest'], RepoDigests: null, Os: 'linux', Architecture: 'amd64', Labels: {} };
const CONTAINER = {
  Id: 'c0',
  Name: '/web',
  Image: ID,
  Path: 'nginx',
  Args: ['-g'],
  State: { Status: 'running', ExitCode: 0 },
  Config: { Image: 'nginx', Env: ['A=b'], AttachStdout: false },
  HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }, { HostPort: '8080' }], '81/tcp': null } },
  Mounts: [
    { Type: 'volume', Name: 'data', Source: '/x', Destination: '/data' },
    { Type: 'tmpfs', Destination: '/tmp' },
  ],
};

const questions: [string, (engine: SandboxEngine) => Promise<unknown>][] = [
  ['image', (engine) => engine.image('nginx')],
  ['images', (engine) => engine.images()],
  ['containers', (engine) => engine.containers()],
  ['container', (engine) => engine.container('web')],
];

async function refused(work: Promise<unknown>, code: string, withinMs: number): Promise<void> {
  const started = performance.now();
  await expect(work).rejects.toMatchObject({ code, next: expect.stringMatching(/\.$/) });
  expect(performance.now() - started).toBeLessThan(withinMs);
}

describe('an engine that answers', () => {
  it('tells images and containers, or that there are none', async () => {
    await using test = await TestEngine.answering(({ url = '' }, response) => {
      if (url.includes('none')) json(response, { message: 'No such thing' }, 404);
      else if (url.startsWith('/images/json')) json(response, [IMAGE, { Id: ID, RepoTags: ['<none>:<none>'] }]);
      else if (url.startsWith('/containers/json')) json(response, [{ Id: 'c0' }, { Id: 'none' }]);
      else json(response, url.startsWith('/images') ? IMAGE : CONTAINER);
    });
    const { engine } = test;
    const image = { id: ID, tags: ['nginx:latest'], digests: [], os: 'linux', architecture: 'amd64' };
    expect(await engine.image('nginx')).toEqual(image);
    expect(await engine.image('none')).toBeNull();
    expect(await engine.images()).toEqual([image, { id: ID, tags: [], digests: [], os: '', architecture: '' }]);
    expect(await engine.containers()).toMatchObject([
      { id: 'c0', name: 'web', imageId: ID, command: ['nginx', '-g'], ports: [{ hostPort: 8080, containerPort: 80 }] },
    ]);
    expect(await engine.container('web')).toMatchObject({
      env: ['A=b'],
      mounts: [{ kind: 'volume', source: 'data', destination: '/data' }],
    });
    expect(await engine.container('none')).toBeNull();
    expect(await engine.ping()).toBe(true);
  });

  it('is asked about 200 containers at most, over few connections that are used again', async () => {
    const ids = Array.from({ length: 3_000 }, (_, index) => ({ Id: `c${index}` }));
    let asked = 0;
    await using test = await TestEngine.answering(({ url = '' }, response) => {
      asked += 1;
      json(response, url.startsWith('/containers/json') ? ids : CONTAINER);
    });
    expect(await test.engine.containers()).toHaveLength(200);
    expect(asked).toBe(201);
    expect(test.connections).toBeLessThanOrEqual(8);
  });

  it('may have thousands of images, whose names are only data', async () => {
    const name = '<b>\u001b[31m\u202ered</b>:latest';
    const images = Array.from({ length: 3_000 }, () => ({ ...IMAGE, RepoTags: [name], Labels: { [name]: name } }));
    await using test = await TestEngine.answering((_, response) => json(response, images));
    const found = await test.engine.images();
    expect(found).toHaveLength(3_000);
    expect(found[0]).toEqual({ id: ID, tags: [name], digests: [], os: 'linux', architecture: 'amd64' });
  });

  it('tells what takes space: what has a name by it, the rest in sums', async () => {
    await using test = await TestEngine.answering((_, response) =>
      json(response, {
        Images: [
          { RepoTags: ['nginx:latest'], Size: 30 },
          { RepoTags: null, Size: 5 },
          { RepoTags: ['<none>:<none>'], Size: 6 },
        ],
        Containers: [{ Names: ['/web'], SizeRw: 7 }, { Names: ['/idle'] }],
        Volumes: [{ Name: 'data', UsageData: { Size: 8 } }],
        BuildCache: null,
      }),
    );
    expect(await test.engine.sizes()).toEqual([
      { kind: 'image', name: 'nginx:latest', bytes: 30 },
      { kind: 'container', name: 'web', bytes: 7 },
      { kind: 'container', name: 'idle', bytes: 0 },
      { kind: 'volume', name: 'data', bytes: 8 },
      { kind: 'untagged', name: '', bytes: 11 },
      { kind: 'build-cache', name: '', bytes: 0 },
    ]);
    await using odd = await TestEngine.answering((_, response) => json(response, { Images: [{ Size: 'big' }] }));
    await refused(odd.engine.sizes(), 'engine-odd', AT_ONCE_MS);
  });

  it('gets names as names, whatever is in them', async () => {
    const urls: string[] = [];
    await using test = await TestEngine.answering(({ url = '' }, response) => {
      urls.push(url);
      json(response, IMAGE);
    });
    await test.engine.image('localhost:5000/a?b#c d\r\n\u202e:1');
    expect(urls).toEqual(['/images/localhost%3A5000/a%3Fb%23c%20d%0D%0A%E2%80%AE%3A1/json?']);
  });

  it('says no in plain words, and a kept image is no error', async () => {
    await using test = await TestEngine.answering(({ method }, response) =>
      json(response, { message: `\u001b[31mno\u202e\n${'x'.repeat(10_000)}` }, method === 'DELETE' ? 409 : 500),
    );
    expect(await test.engine.removeImage('nginx')).toBe(false);
    await refused(test.engine.images(), 'engine-refused', AT_ONCE_MS);
    const error = (await test.engine.start('web').catch((thrown) => thrown)) as Error;
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(error.message.length).toBeLessThan(400);
  });

  it('tells how a program in a container ended, whatever it printed', async () => {
    await using test = await TestEngine.answering(({ url = '' }, response) => {
      if (url.startsWith('/exec/e0/start')) response.end('{"error":"only printed"}\n\u0000');
      else json(response, url.startsWith('/exec/e0/json') ? { ExitCode: 7 } : { Id: 'e0' });
    });
    expect(await test.engine.exec('web', ['false'])).toBe(7);
  });

  it('tells an error within the progress of a pull', async () => {
    let said = '{"status":"Preparing"}\r\nno json\r\n{"errorDetail":{},"error":"denied"}\r\n';
    await using test = await TestEngine.answering((_, response) => void response.end(said));
    await refused(test.engine.pull('localhost:5000/a:1'), 'engine-refused', AT_ONCE_MS);
    said = '{"status":"Pulled"}\r\n';
    await test.engine.pull('localhost:5000/a:1');
  });
});

describe('an engine that is away', () => {
  it('is told at once where nothing listens, or it hangs up', async () => {
    await using nothing = new TestEngine();
    await refused(nothing.engine.images(), 'engine-away', AT_ONCE_MS);
    await using test = new TestEngine();
    await test.listen(net.createServer((socket) => socket.destroy()));
    await refused(test.engine.images(), 'engine-away', AT_ONCE_MS);
    await refused(test.engine.pull('nginx:latest'), 'engine-away', AT_ONCE_MS);
    expect(await test.engine.ping()).toBe(false);
  });

  it('is told at once where it breaks off in the middle', async () => {
    await using test = await TestEngine.answering((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('[{');
      setTimeout(() => response.destroy(), 20);
    });
    for (const [, ask] of questions) await refused(ask(test.engine), 'engine-away', AT_ONCE_MS);
    await refused(test.engine.pull('nginx:latest'), 'engine-away', AT_ONCE_MS);
  });

  it('is asked anew when it is back', async () => {
    await using test = await TestEngine.answering((_, response) => json(response, [IMAGE]));
    expect(await test.engine.images()).toHaveLength(1);
    await test.end();
    await refused(test.engine.images(), 'engine-away', AT_ONCE_MS);
    await test.listen(http.createServer((_, response) => json(response, [])));
    expect(await test.engine.images()).toEqual([]);
  });
});

describe('an engine that hangs', () => {
  it('is told after 4 s where it is silent, trickles, or promises more for ever', async () => {
    await using test = await TestEngine.answering(({ url = '' }, response) => {
      const drip = (text: () => void) => {
        const timer = setInterval(text, 50);
        response.on('close', () => clearInterval(timer));
      };
      if (url.includes('trickle')) drip(() => response.write(' '));
      if (url.includes('early')) drip(() => response.writeProcessing());
    });
    await using mute = new TestEngine();
    await mute.listen(net.createServer());
    const { engine } = test;
    await Promise.all([
      ...['silent', 'trickle', 'early'].map((name) => refused(engine.image(name), 'engine-hangs', GIVEN_UP_MS)),
      ...questions.map(([, ask]) => refused(ask(mute.engine), 'engine-hangs', GIVEN_UP_MS)),
      ...Array.from({ length: 50 }, () => refused(mute.engine.container('queued'), 'engine-hangs', GIVEN_UP_MS)),
      engine.ping().then((is) => expect(is).toBe(false)),
    ]);
  });
});

describe('an engine that is none', () => {
  it.each(questions)('is told by its answer: %s', async (_, ask) => {
    for (const answer of ['<html>', '', 'null', '7', '"x"', '[7]', '[[]]', '{"Id":7}', '[{"Id":{}}]', '{"Id":"a"']) {
      await using test = await TestEngine.answering((_, response) => void response.end(answer));
      await refused(ask(test.engine), 'engine-odd', AT_ONCE_MS);
    }
  });

  it('is told where a part is of another shape', async () => {
    for (const part of [{ RepoTags: 'a' }, { RepoTags: [7] }, { RepoDigests: {} }, { Os: [] }]) {
      await using test = await TestEngine.answering((_, response) => json(response, { ...IMAGE, ...part }));
      await refused(test.engine.image('nginx'), 'engine-odd', AT_ONCE_MS);
    }
    for (const part of [{ State: {} }, { HostConfig: { PortBindings: [7] } }, { Mounts: null }, { Args: {} }]) {
      await using test = await TestEngine.answering((_, response) => json(response, { ...CONTAINER, ...part }));
      await refused(test.engine.container('web'), 'engine-odd', AT_ONCE_MS);
    }
  });

  it('is told where it speaks no HTTP, switches to something else, or leads elsewhere', async () => {
    let led = 0;
    const elsewhere = net.createServer((socket) => (led += 1) && socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => elsewhere.once('listening', resolve));
    const { port } = elsewhere.address() as net.AddressInfo;
    for (const [answer, code] of [
      ['-ERR\r\n', 'engine-odd'],
      [`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`, 'engine-odd'],
      ['HTTP/1.1 101 Switching\r\nupgrade: tcp\r\nconnection: upgrade\r\n\r\n', 'engine-away'],
      [`HTTP/1.1 301 Moved\r\nlocation: http://127.0.0.1:${port}/\r\ncontent-length: 0\r\n\r\n`, 'engine-odd'],
    ] as const) {
      await using test = new TestEngine();
      await test.listen(net.createServer((socket) => socket.once('data', () => socket.write(answer))));
      await refused(test.engine.images(), code, AT_ONCE_MS);
    }
    expect(led).toBe(0);
    await new Promise((resolve) => net.connect(port, '127.0.0.1').once('close', resolve));
    expect(led).toBe(1);
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  it('is told where its answer never ends, and costs little memory', async () => {
    let sent = 0;
    await using test = await TestEngine.answering((_, response) => {
      response.socket?.on('close', () => (sent += response.socket?.bytesWritten ?? 0));
      endless(response, 'x'.repeat(65_536));
    });
    const before = process.memoryUsage().rss;
    for (const [, ask] of questions) await refused(ask(test.engine), 'engine-odd', AT_ONCE_MS);
    expect(sent).toBeLessThan(30e6);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  it('is told where its answer is short and holds millions of things', () => {
    const memory = process.memoryUsage().rss;
    const processor = process.cpuUsage();
    for (const text of [
      `[${'7,'.repeat(1_500_000)}7]`,
      '['.repeat(1_900_000),
      `{"Id":"a","RepoTags":[${'7,'.repeat(900_000)}7]}`,
    ]) {
      // Not sent: a process that parses one side's millions looks silent to the other.
      const answer = { status: 200, body: Buffer.from(text) };
      for (const read of [readImages, readImage])
        expect(() => read(answer)).toThrow(expect.objectContaining({ code: 'engine-odd' }));
    }
    const { user, system } = process.cpuUsage(processor);
    expect(user + system).toBeLessThan(10e6);
    expect(process.memoryUsage().rss - memory).toBeLessThan(400e6);
  });

  it('ends no pull with a line that never ends', async () => {
    await using test = await TestEngine.answering((_, response) => {
      for (let count = 0; count < 100; count += 1) response.write('x'.repeat(65_536));
      response.end('\n{"error":"denied"}\n');
    });
    await refused(test.engine.pull('nginx:latest'), 'engine-refused', AT_ONCE_MS);
  });
});
