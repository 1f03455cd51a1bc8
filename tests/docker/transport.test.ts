// What goes between server and sandbox, the same over sockets and over the engine; and a lesson over the engine alone.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Config, readConfig } from '../../server/config.ts';
import { removeEverything } from '../../server/engine/remove.ts';
import type { EngineEvent } from '../../server/engine/types.ts';
import { loadLessons } from '../../server/lessons/load.ts';
import { createProgress } from '../../server/progress.ts';
import type { Sandbox } from '../../server/sandboxes/sandbox.ts';
import { proveQuizzes } from '../../server/sessions/proof-quizzes.ts';
import { Sessions } from '../../server/sessions/sessions.ts';
import { Trial } from '../../server/sessions/trial.ts';
import { type Parts, startUp } from '../../server/start-up.ts';
import { HolderClient } from '../../server/terminal/holder-client.ts';
import { Typist } from '../../server/terminal/typist.ts';

/** Far beyond what it takes. */
const WAIT_MS = 10_000;

const TRANSPORTS = ['sockets', 'exec'] as const;
const dataDir = mkdtempSync('/tmp/slw-way-');
const config: Config = {
  ...readConfig(['--offline', '--data-dir', dataDir, '--warm-sandboxes', '0', '--log-level', 'silent'], {}),
};
const start = (transport: (typeof TRANSPORTS)[number]) => startUp({ ...config, transport }, createProgress());
/** Not at once: the server that it may need is this process. */
const docker = async (...args: string[]) => (await promisify(execFile)('docker', args)).stdout.trim();

async function stop(parts: Parts): Promise<void> {
  await parts.pool.close();
  await parts.close();
}

afterAll(async () => {
  const parts = await start('sockets');
  await removeEverything(parts.engine, parts.owner);
  await stop(parts);
  rmSync(dataDir, { recursive: true, force: true });
});

describe.each(TRANSPORTS)('over %s', (transport) => {
  let parts: Parts;
  let sandbox: Sandbox;
  const owner = () => config.uidBase + sandbox.slot * 100_000;
  const container = () => `slipway-sandbox-${sandbox.slot}`;
  const inside = (line: string) =>
    docker('exec', '-u', `${owner()}:${owner()}`, container(), 'box', 'sh', '-c', `{ ${line}; } 2>&1 || true`);

  beforeAll(async () => {
    parts = await start(transport);
    sandbox = await parts.pool.take();
  });
  afterAll(() => stop(parts));

  /** Types lines at the shell; answers what it printed meanwhile. */
  async function typed(...lines: string[]): Promise<void> {
    const { shell, nonce } = sandbox;
    const typist = await Typist.connect({ shell, nonce, from: 0 });
    try {
      for (const line of lines) {
        expect(await typist.type([line], { commandMs: 60_000 }), line).toBe(true);
        expect(typist.exitCode, line).toBe(0);
      }
    } finally {
      typist.close();
    }
  }

  it('hub, engine, events and registry: an image is pulled, pushed and seen', async () => {
    const events: EngineEvent[] = [];
    const follower = sandbox.engine.follow({ sinceMs: Date.now() - 1_000, onEvent: async (e) => void events.push(e) });
    try {
      await typed(
        'docker pull alpine',
        'docker run -d -p 5000:5000 --name registry registry:2',
        'curl -sf --retry 50 --retry-delay 1 --retry-all-errors -o /dev/null localhost:5000/v2/',
        'docker tag alpine localhost:5000/mine:1 && docker push localhost:5000/mine:1',
        'echo hubpass | docker login -u learner --password-stdin',
        'docker tag alpine learner/mine && docker push learner/mine && docker rmi learner/mine && docker pull learner/mine',
      );
      expect(await sandbox.engine.image('alpine')).toMatchObject({ tags: expect.arrayContaining(['alpine:latest']) });
      expect(await sandbox.registry('localhost:5000').tags('mine')).toEqual(['1']);
      expect(await sandbox.registry('docker.io').tags('learner/mine')).toEqual(['latest']);
      await vi.waitFor(
        () => expect(events.map(({ action }) => action)).toEqual(expect.arrayContaining(['pull', 'start', 'push'])),
        WAIT_MS,
      );
    } finally {
      follower.close();
    }
  });

  it('files: a MiB comes back as it was written', async () => {
    const bytes = randomBytes(1024 * 1024);
    await sandbox.files.write('~/large', bytes);
    expect((await sandbox.files.readBytes('~/large'))?.equals(bytes)).toBe(true);
    expect(await sandbox.files.read('~/none')).toBeNull();
  });

  it('terminal: what is typed is echoed, and a megabyte of output is exact', async () => {
    const shell = await HolderClient.connect(sandbox.shell, { role: 'owner', from: 'live' });
    let said = '';
    shell.onOutput = (bytes) => {
      said += bytes.toString('latin1');
    };
    shell.resume();
    const printed = async (text: string) => vi.waitFor(() => expect(said.includes(text)).toBe(true), 20_000);
    shell.write(Buffer.from('echo no"thing" typed'));
    await printed('echo no"thing" typed');
    shell.write(Buffer.from('\x15stty -onlcr; seq 150000; echo the-"end"\r'));
    await printed('the-end');
    const lines = Array.from({ length: 150_000 }, (_, index) => `${index + 1}\n`).join('');
    expect(said.includes(`${lines}the-end`)).toBe(true);
    // One who stops reading in the middle, and leaves, holds nobody up.
    shell.write(Buffer.from('yes | head -c 3000000 > /dev/tty; stty onlcr; echo af"ter"\r'));
    shell.pause();
    await delay(50);
    shell.close();
    expect(await sandbox.engine.ping()).toBe(true);
  });

  it('many connections at once, and some that end in the middle', async () => {
    const registry = sandbox.registry('localhost:5000');
    const leaving = Array.from({ length: 8 }, () => {
      const stream = sandbox.link.dial('engine')();
      stream.on('error', () => {});
      stream.write('GET /events HTTP/1.1\r\nhost: docker\r\n\r\n');
      return stream;
    });
    const asked = Array.from({ length: 32 }, () => registry.tags('mine'));
    const read = Array.from({ length: 8 }, () => sandbox.files.readBytes('~/large'));
    for (const stream of leaving) stream.destroy();
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 32 }, () => ['1']));
    for (const bytes of await Promise.all(read)) expect(bytes?.length).toBe(1024 * 1024);
  });

  it('a service that is not there is told from one that does not answer', async () => {
    await inside('docker rm -f registry');
    expect(await sandbox.registry('localhost:5000').status()).toBe('down');
  });

  it('the learner cannot change what it goes through', async () => {
    expect(await inside('touch /box/x && ls /box/x')).toBe('/box/x');
    for (const line of [
      'ls /relay',
      'touch /relay/x',
      'touch /hub/x',
      'rm -f /hub/tls.sock',
      'mv /hub/tls.sock /hub/other',
      'echo > /hub/ca/slipway.crt',
      'socat -u /dev/null UNIX-CONNECT:/relay/engine.sock',
    ]) {
      expect(await inside(line), line).toMatch(/denied|Read-only|not permitted/);
    }
    expect(await inside('curl -s https://docker.io/')).toContain('practice Docker Hub');
  });

  it('a sandbox that has gone is told as such', async () => {
    const other = await parts.pool.take();
    expect(await other.engine.ping()).toBe(true);
    await parts.pool.remove(other.id);
    expect(await other.engine.ping()).toBe(false);
    await expect(other.files.read('~/x')).rejects.toMatchObject({ code: 'files-away' });
    await expect(HolderClient.connect(other.shell, { role: 'watcher', from: 0 })).rejects.toThrow();
  });

  if (transport === 'exec') {
    it('the carrier has no right and no id of the learner’s, and is started again when it has ended', async () => {
      await sandbox.engine.ping();
      const [pid = ''] = (await docker('top', container(), '-eo', 'pid,comm'))
        .split('\n')
        .flatMap((line) => (line.endsWith(' carrier') ? [line.trim().split(/\s+/)[0] ?? ''] : []));
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const id = owner() + 65_537;
      expect(status).toMatch(new RegExp(`Uid:\\t${id}\\t${id}\\t${id}\\t${id}\\nGid:\\t${id}\\t${id}\\t${id}\\t${id}`));
      expect(status).toMatch(/CapInh:\t0+\nCapPrm:\t0+\nCapEff:\t0+\n/);
      expect(status).toMatch(/NoNewPrivs:\t1/);
      expect(status).toMatch(/Seccomp:\t2/);
      expect(await inside('ps -eo comm')).not.toContain('carrier');
      process.kill(Number(pid), 'SIGKILL');
      await vi.waitFor(async () => expect(await sandbox.engine.ping()).toBe(true), 5_000);
      expect(await inside('curl -s https://docker.io/')).toContain('practice Docker Hub');
    });

    it('a lesson goes from its first step to its last', async () => {
      const lessons = loadLessons(config.lessonsDir);
      const sessions = new Sessions({ ...parts, hubStore: parts.hub.store.dial, lessons });
      const lesson = lessons.get('the-round-trip');
      try {
        await using trial = await Trial.begin({ sessions, pool: parts.pool }, lesson);
        for (const step of lesson.steps) {
          await trial.settle();
          expect(trial.checksPassed(step.id), step.id).toBe(false);
          await trial.solve(step);
          for (const claim of await proveQuizzes(trial.session, lesson, step))
            expect(claim).toMatchObject({ ok: true });
          expect(await trial.passes(step.id), step.id).toBe(true);
        }
      } finally {
        sessions.close();
      }
    });
  }
});

it('a sandbox keeps the way that it was made with, whatever the next start chooses', async () => {
  const before = await start('exec');
  const { id } = await before.pool.take();
  await before.pool.close();
  await before.close();
  // As one that is a learner's: the pool's end removes only what waits.
  const after = await start('sockets');
  try {
    await after.pool.adopt(new Set([id]));
    expect(await after.pool.get(id)?.engine.ping()).toBe(true);
  } finally {
    await after.pool.remove(id);
    await stop(after);
  }
});
