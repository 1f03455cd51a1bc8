// An engine elsewhere: behind TLS, behind ssh, and without a folder in common. It is the tests' own engine, seen from outside.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, openEngine } from '../../server/engine/connect.ts';
import { execProgram } from '../../server/engine/exec-program.ts';
import type { HostEngine } from '../../server/engine/host-images.ts';
import { labels } from '../../server/engine/labels.ts';
import { createProgress } from '../../server/progress.ts';
import { until } from '../support/learner.ts';
import { learnerImage } from '../support/sandbox.ts';
import { freePort } from '../support/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOCKET = '/var/run/docker.sock';
const SSHD = '/usr/sbin/sshd';
const isRoot = process.getuid?.() === 0;
const dir = mkdtempSync('/tmp/slw-remote-');
const progress = createProgress();
let image: string;

beforeAll(async () => {
  image = await learnerImage();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A stream that HTTP hands over goes both ways through whatever lies between. */
async function expectStreams(engine: HostEngine): Promise<void> {
  const container = await engine.createContainer({
    Image: image,
    Entrypoint: ['sleep'],
    Cmd: ['60'],
    Labels: labels('probe', { instance: 'test-remote', folder: dir }),
    HostConfig: { NetworkMode: 'none' },
  });
  try {
    await container.start();
    const program = await execProgram(engine, { container: container.id, command: ['cat'], user: '65534:65534' });
    let heard = '';
    program.onOutput((bytes) => {
      heard += bytes.toString('latin1');
    });
    const said = Array.from({ length: 20_000 }, (_, index) => `${index}\n`).join('');
    program.input.write(said);
    await until(() => heard === said, 'all that was said', 10_000);
    program.end();
  } finally {
    await container.remove({ force: true, v: true });
  }
}

describe('behind TLS', () => {
  let port: number;
  let server: Server;
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' });
  /** A folder of keys, signed by an authority of that name. */
  const keys = (name: string, subject: string) => {
    mkdirSync(join(dir, name));
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
    const files = (file: string) => [
      '-keyout',
      `${name}/${file === 'cert' ? 'key' : 'ca-key'}.pem`,
      '-out',
      `${name}/${file}.pem`,
    ];
    openssl('req', '-x509', ...newKey, '-subj', `/CN=${name}`, ...files('ca'));
    const signed = ['-CA', `${name}/ca.pem`, '-CAkey', `${name}/ca-key.pem`, '-addext', 'subjectAltName=DNS:localhost'];
    openssl('req', '-x509', ...newKey, '-subj', `/CN=${subject}`, ...signed, ...files('cert'));
    const read = (file: string) => readFileSync(join(dir, name, `${file}.pem`));
    return { ca: read('ca'), cert: read('cert'), key: read('key') };
  };
  const address = (folder: string) => ({
    dockerHost: `tcp://localhost:${port}`,
    dockerTlsVerify: '1',
    dockerCertPath: join(dir, folder),
  });

  beforeAll(async () => {
    keys('others', 'localhost');
    const options = { ...keys('ours', 'localhost'), requestCert: true, rejectUnauthorized: true };
    server = createServer(options, (client) => {
      const engine = connect(SOCKET);
      client.pipe(engine).pipe(client);
      for (const socket of [client, engine]) socket.on('error', () => (client.destroy(), engine.destroy()));
    });
    port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  it('is used with its keys', async () => {
    const engine = await connectEngine({ ...address('ours'), yes: false }, progress);
    expect((await engine.version()).Os).toBe('linux');
    await expectStreams(engine);
  });

  it('is not used with the keys of another, nor without keys', async () => {
    expect(await openEngine(address('others'))).toBeNull();
    await expect(openEngine(address('none'))).rejects.toMatchObject({ code: 'engine-keys' });
  });
});

it.runIf(isRoot && existsSync(SSHD))('behind ssh, with the settings of the system’s ssh', async () => {
  const port = await freePort();
  const at = (name: string) => join(dir, name);
  for (const name of ['host', 'user', 'stranger']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
  }
  writeFileSync(at('authorized'), readFileSync(at('user.pub')));
  writeFileSync(at('known'), `[127.0.0.1]:${port} ${readFileSync(at('host.pub'))}`);
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${at('host')}`,
    `AuthorizedKeysFile ${at('authorized')}`,
  ];
  writeFileSync(at('sshd_config'), [...settings, 'StrictModes no', 'UsePAM no', 'PidFile none', ''].join('\n'));
  mkdirSync('/run/sshd', { recursive: true });
  // What a ~/.ssh/config would say, without touching anybody's.
  writeFileSync(at('config'), `IdentityFile ${at('user')}\nIdentitiesOnly yes\nUserKnownHostsFile ${at('known')}\n`);
  mkdirSync(at('bin'));
  writeFileSync(at('bin/ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${at('config')} "$@"\n`, { mode: 0o755 });
  const sshd = spawn(SSHD, ['-D', '-f', at('sshd_config')], { stdio: 'ignore' });
  const path = process.env.PATH;
  process.env.PATH = `${at('bin')}:${path}`;
  try {
    const dockerHost = `ssh://root@127.0.0.1:${port}`;
    let engine: HostEngine | null = null;
    await until(async () => (engine = await openEngine({ dockerHost })) !== null, 'an engine behind ssh', 20_000);
    await expectStreams(engine as unknown as HostEngine);
    // A host that is another than it was is not spoken to.
    writeFileSync(at('known'), `[127.0.0.1]:${port} ${readFileSync(at('stranger.pub'))}`);
    expect(await openEngine({ dockerHost })).toBeNull();
  } finally {
    process.env.PATH = path;
    sshd.kill();
  }
});

describe.runIf(isRoot)('the way to a sandbox', () => {
  const look = (folder: string, ...before: string[]) => {
    const script = `
      const { connectEngine } = await import('${ROOT}server/engine/connect.ts');
      const { findTransport } = await import('${ROOT}server/engine/transport-way.ts');
      const { mkdirSync } = await import('node:fs');
      mkdirSync('${folder}', { recursive: true });
      const engine = await connectEngine({ dockerHost: undefined, yes: false }, { line() {} });
      const owner = { instance: 'test-way-${process.pid}', folder: '${folder}' };
      console.log(JSON.stringify(await findTransport({ engine, owner, image: '${image}', dataDir: '${folder}', wanted: 'auto' })));
      process.exit(0);`;
    const node = [process.execPath, '--input-type=module', '-e', script];
    const [program = '', ...words] = [...before, ...node];
    return JSON.parse(execFileSync(program, words, { encoding: 'utf8' }));
  };

  it('is sockets where the engine sees the server’s folders', () => {
    expect(look(join(dir, 'shared'))).toEqual({ transport: 'sockets' });
  });

  it('is the engine where it does not', () => {
    // A folder that only this process has, as one on another computer is.
    const apart = ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none /mnt && exec "$@"', 'sh'];
    expect(look('/mnt/slipway', ...apart)).toMatchObject({
      transport: 'exec',
      because: 'the engine does not see the folders of this computer',
    });
  });
});
