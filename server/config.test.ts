// Settings: where they come from, and what is said of a bad one.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helpText, readConfig, reservedBytes, SANDBOX_BYTES } from './config.ts';

describe('readConfig', () => {
  it('takes flags before variables before defaults', () => {
    expect(readConfig([], {}).port).toBe(8080);
    expect(readConfig([], { SLIPWAY_PORT: '9000' }).port).toBe(9000);
    expect(readConfig(['--port', '9001'], { SLIPWAY_PORT: '9000' }).port).toBe(9001);
    expect(readConfig(['--port=9002'], {}).port).toBe(9002);
    expect(readConfig(['--offline'], {}).mode).toBe('offline');
    expect(readConfig([], { SLIPWAY_ONLINE: '1' }).mode).toBe('online');
    expect(readConfig([], {}).mode).toBe('auto');
    expect(readConfig(['-h'], {}).help).toBe(true);
  });

  it('takes a webhook with its secret only, which is no flag', () => {
    const url = ['--classroom', '--webhook-url', 'https://records.example.com/x'];
    const env = { SLIPWAY_WEBHOOK_SECRET: 'sixteen letters.' };
    expect(readConfig(url, env)).toMatchObject({ webhookUrl: 'https://records.example.com/x', webhookPrivate: false });
    expect(() => readConfig(url, {})).toThrow(/belong together/);
    expect(() => readConfig([], env)).toThrow(/belong together/);
    expect(() => readConfig(url.slice(1), env)).toThrow(/--classroom/);
    expect(() => readConfig(url, { SLIPWAY_WEBHOOK_SECRET: 'short' })).toThrow(/16 characters/);
    expect(() => readConfig([...url.slice(0, 2), 'file:///etc/passwd'], env)).toThrow(/a URL/);
    expect(() => readConfig(['--webhook-secret', 'sixteen letters.'], {})).toThrow(/no flag/);
  });

  it('takes a certificate with its key only', () => {
    const both = ['--tls-cert', '/c.pem', '--tls-key', '/k.pem'];
    expect(readConfig(both, {})).toMatchObject({ tlsCert: '/c.pem', tlsKey: '/k.pem' });
    expect(() => readConfig(both.slice(0, 2), {})).toThrow(/belong together/);
    expect(() => readConfig(both.slice(2), {})).toThrow(/belong together/);
  });

  it('reads a list of images', () => {
    expect(readConfig(['--hub-allow', 'nginx, library/python,grafana/grafana'], {}).hubAllow).toEqual([
      'nginx',
      'python',
      'grafana/grafana',
    ]);
    expect(readConfig([], {}).hubAllow).toContain('registry');
  });

  it('reads folders of own lessons: flags of their own, the variable with colons, each once', () => {
    expect(readConfig([], {}).lessons).toEqual([]);
    expect(readConfig(['--lessons', '/a', '--lessons=/b:c', '--lessons', '/a/'], {}).lessons).toEqual(['/a', '/b:c']);
    expect(readConfig([], { SLIPWAY_LESSONS: '/a:/b:' }).lessons).toEqual(['/a', '/b']);
    expect(readConfig(['--lessons', '/c'], { SLIPWAY_LESSONS: '/a:/b' }).lessons).toEqual(['/c']);
    expect(readConfig(['--lessons', 'mine'], {}).lessons).toEqual([join(process.cwd(), 'mine')]);
    // Of others the last one counts, as before.
    expect(readConfig(['--port', '1', '--port', '2'], {}).port).toBe(2);
  });

  it.each([
    [['--lessons', ''], {}, '--lessons is [""]; expected a folder.'],
    [['--lessons'], {}, '--lessons needs a value.'],
    [['--lessons', '--yes'], {}, '--lessons needs a value.'],
    [['--port', '99999'], {}, '--port is "99999"; expected a number from 1 to 65535.'],
    [[], { SLIPWAY_PORT: 'x' }, 'SLIPWAY_PORT is "x"; expected a number from 1 to 65535.'],
    [['--prot', '1'], {}, 'Unknown setting "--prot". Did you mean --port?'],
    [['--port'], {}, '--port needs a value.'],
    [['--port', '--yes'], {}, '--port needs a value.'],
    [['stray'], {}, 'Unknown setting "stray".'],
    [['--data-dir', 'here'], {}, '--data-dir is "here"; expected an absolute path.'],
    [['--data-dir', `/${'x'.repeat(70)}`], {}, 'expected at most 60 characters'],
    [['--offline', '--online'], {}, '--offline and --online exclude each other.'],
    [['--hub-allow', 'nginx,../x'], {}, 'expected names of images, alpine,grafana/grafana.'],
    [['--hub-allow', 'learner/app'], {}, 'expected names of images'],
    [['--hub-allow', ' '], {}, 'expected names of images'],
    [['--hub-cap-mb', '1'], {}, 'expected a number from 100'],
    [['--sandbox-disk-mb', '10'], {}, 'expected a number from 256 to 1000000.'],
    [['--sandbox-disk-mb', '2G'], {}, '--sandbox-disk-mb is "2G"; expected a number from 256'],
    [[], { SLIPWAY_SANDBOX_DISK_MB: '512.5' }, 'expected a whole number.'],
    [['--min-free-disk-mb', '0'], {}, 'expected a number from 100'],
    [['--max-sandboxes', '0'], {}, '--max-sandboxes is "0"; expected a number from 1 to 1000.'],
    [['--warm-sandboxes', '-1'], {}, 'expected a number from 0 to 100.'],
    [
      ['--warm-sandboxes', '5', '--max-sandboxes', '4'],
      {},
      '--warm-sandboxes 5 is more than --max-sandboxes 4 allows.',
    ],
    [
      ['--max-warm-sandboxes', '5', '--max-sandboxes', '4'],
      {},
      '--max-warm-sandboxes 5 is more than --max-sandboxes 4',
    ],
    [
      ['--warm-sandboxes', '5'],
      { SLIPWAY_MAX_WARM_SANDBOXES: '4' },
      '--warm-sandboxes 5 is more than --max-warm-sandboxes 4.',
    ],
    [['--log-level', 'loud'], {}, 'expected debug, info, warn, error or silent.'],
    [['--window-kb', '127'], {}, '--window-kb is "127"; expected a number from 128 to 65536.'],
    [['--max-frame-kb', '15'], {}, 'expected a number from 16 to 1024.'],
    [['--input-kb-per-second', '0'], {}, 'expected a number from 64 to 1000000.'],
    [['--waiting-input-kb', '1023'], {}, 'expected a number from 1024 to 65536.'],
    [['--sockets-per-session', '15'], {}, 'expected a number from 16 to 1000.'],
    [[], { SLIPWAY_SESSIONS_PER_ADDRESS: '0' }, 'SLIPWAY_SESSIONS_PER_ADDRESS is "0"; expected a number from 1'],
    [['--hello-seconds', '0'], {}, 'expected a number from 1 to 300.'],
    [['--ping-seconds', '61'], {}, 'expected a number from 1 to 60.'],
    [
      ['--max-frame-kb', '1024', '--input-kb-per-second', '1000'],
      {},
      '--max-frame-kb 1024 is more than --input-kb-per-second 1000 takes.',
    ],
  ])('%j %j', (argv, env, message) => {
    expect(() => readConfig(argv, env)).toThrow(message);
  });

  it('makes of what is said of the stock what was not said', () => {
    const stock = (...argv: string[]) => {
      const { warmSandboxes, maxWarmSandboxes } = readConfig(argv, {});
      return [warmSandboxes, maxWarmSandboxes];
    };
    expect(stock('--max-sandboxes', '50')).toEqual([2, 10]);
    expect(stock('--max-sandboxes', '1')).toEqual([1, 1]);
    expect(stock('--max-sandboxes', '50', '--warm-sandboxes', '20')).toEqual([20, 20]);
    expect(stock('--max-sandboxes', '50', '--max-warm-sandboxes', '0')).toEqual([0, 0]);
    expect(stock('--max-sandboxes', '3', '--warm-sandboxes', '1')).toEqual([1, 3]);
  });

  it('allows by default as many as fit this machine', () => {
    const { maxSandboxes } = readConfig([], {});
    expect(maxSandboxes).toBeGreaterThanOrEqual(1);
    expect(maxSandboxes * SANDBOX_BYTES).toBeLessThan(totalmem() - reservedBytes(totalmem()) + SANDBOX_BYTES);
    expect(maxSandboxes).toBeLessThanOrEqual(100 * availableParallelism());
  });

  it('takes the least and the most of what a terminal may have', () => {
    const least = ['--window-kb=128', '--max-frame-kb=16', '--input-kb-per-second=64', '--waiting-input-kb=1024'];
    expect(readConfig([...least, '--sockets-per-session=16', '--sessions-per-address=1'], {})).toMatchObject({
      windowKb: 128,
      maxFrameKb: 16,
      inputKbPerSecond: 64,
      waitingInputKb: 1024,
      socketsPerSession: 16,
      sessionsPerAddress: 1,
    });
    expect(readConfig(['--max-frame-kb=1024', '--input-kb-per-second=1024'], {}).maxFrameKb).toBe(1024);
  });

  it('lists every setting in its help', () => {
    expect(helpText({})).toMatch(/--max-sandboxes +SLIPWAY_MAX_SANDBOXES +sandboxes that may exist/);
  });
});

describe('a secret', () => {
  const env = { SLIPWAY_HUB_USER: 'teacher' };
  it('comes by its variable, or by a file that a variable names', () => {
    const dir = mkdtempSync(join(tmpdir(), 'slipway-secret-'));
    try {
      writeFileSync(join(dir, 'password'), 'from a file\n');
      expect(readConfig([], { ...env, SLIPWAY_HUB_PASSWORD: 'typed' }).hubPassword).toBe('typed');
      expect(readConfig([], { ...env, SLIPWAY_HUB_PASSWORD_FILE: join(dir, 'password') }).hubPassword).toBe(
        'from a file',
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
  it('is no flag, never shown, and needs the account', () => {
    const words = (argv: string[], more: Record<string, string>) => {
      try {
        readConfig(argv, more);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(words(['--hub-password', 's3cret'], env)).toMatch(/is a secret and no flag/);
    expect(words([], { ...env, SLIPWAY_HUB_PASSWORD: 's3cret\nmore' })).toMatch(/expected one line/);
    expect(words([], { SLIPWAY_HUB_PASSWORD: 's3cret' })).toMatch(/belong together/);
    expect(words([], { ...env, SLIPWAY_HUB_PASSWORD_FILE: '/nowhere/s3cret-file' })).toMatch(/cannot be read/);
    for (const [argv, more] of [
      [['--hub-password', 's3cret'], env],
      [[], { ...env, SLIPWAY_HUB_PASSWORD: 's3cret\nmore' }],
    ] as const)
      expect(words([...argv], more)).not.toContain('s3cret');
    expect(helpText({ SLIPWAY_HUB_PASSWORD: 's3cret' })).not.toMatch(/s3cret|--hub-password/);
  });
});
