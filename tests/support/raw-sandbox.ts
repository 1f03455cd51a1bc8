// A sandbox as the server would start it, by the docker command alone: for tests of the image itself.
import { execFile } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RawSandbox extends AsyncDisposable {
  name: string;
  uidBase: number;
  relayDir: string;
  hubDir: string;
  nonce: string;
  /** Runs a command as the learner; a string is a line for `sh -c`. */
  exec(command: string | readonly string[], input?: Uint8Array): Promise<Outcome>;
}

export interface RawSandboxOptions {
  socketGid?: number;
}

const SECCOMP = fileURLToPath(new URL('../../sandbox/seccomp.json', import.meta.url));
const READY_MS = 20_000;

export async function rawSandbox({ socketGid = 0 }: RawSandboxOptions = {}): Promise<RawSandbox> {
  const id = randomUUID().slice(0, 8);
  const name = `slipway-test-raw-${id}`;
  const uidBase = 1_500_000_000 + randomInt(9_000) * 65_538;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-raw-'));
  const relayDir = join(folder, 'relay');
  const hubDir = join(folder, 'hub');
  mkdirSync(relayDir, { mode: 0o770 });
  mkdirSync(join(hubDir, 'ca'), { recursive: true });
  if (socketGid) chownSync(relayDir, process.getuid?.() ?? 0, socketGid);
  const nonce = randomUUID().replaceAll('-', '');
  const sandbox: RawSandbox = {
    name,
    uidBase,
    relayDir,
    hubDir,
    nonce,
    exec(command, input) {
      const line = typeof command === 'string' ? ['sh', '-c', command] : command;
      return docker(['exec', '-i', '-u', `${uidBase}:${uidBase}`, name, 'box', ...line], input);
    },
    async [Symbol.asyncDispose]() {
      await docker(['rm', '-f', '-v', name]);
      await docker(['volume', 'rm', '-f', `${name}-data`]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const started = await docker([
    ...[
      'run',
      '-d',
      '--name',
      name,
      '--label',
      'slipway.kind=test',
      '--hostname',
      'slipway',
      '--network',
      'none',
      '--read-only',
    ],
    ...['--cap-drop', 'ALL', '--cap-add', 'SETUID', '--cap-add', 'SETGID', '--security-opt', 'no-new-privileges'],
    ...['--security-opt', `seccomp=${SECCOMP}`, '--security-opt', 'systempaths=unconfined'],
    ...['--memory', '1g', '--memory-swap', '1g', '--pids-limit', '1000', '--ulimit', 'nofile=4096:4096'],
    ...['--cpu-shares', '256', '--oom-score-adj', '500'],
    ...[
      '--tmpfs',
      '/run:mode=755,size=1m',
      '--tmpfs',
      '/box:mode=1777,size=1m',
      '--tmpfs',
      '/tmp:mode=1777,size=256m,exec',
    ],
    ...['-v', `${relayDir}:/relay`, '-v', `${hubDir}:/hub:ro`, '-v', `${name}-data:/data`],
    ...['-e', `SANDBOX_UID_BASE=${uidBase}`, '-e', `SANDBOX_SOCKET_GID=${socketGid}`, '-e', `SANDBOX_NONCE=${nonce}`],
    await image(),
  ]);
  try {
    if (started.code !== 0) throw new Error(started.stderr);
    await until(READY_MS, `the engine of ${name}`, () => engineAnswers(sandbox));
  } catch (error) {
    const logs = await docker(['logs', name]);
    await sandbox[Symbol.asyncDispose]();
    throw new Error(`${(error as Error).message}\n${logs.stdout}${logs.stderr}`);
  }
  return sandbox;
}

/** Whether the sandbox's engine answers through the relay. */
export function engineAnswers({ relayDir }: RawSandbox): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath: join(relayDir, 'engine.sock'), path: '/_ping', timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.end();
  });
}

/** The host's docker command. */
export function docker(args: readonly string[], input?: Uint8Array): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile('docker', args, { maxBuffer: 64 << 20, timeout: 120_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) || 1 : 0, stdout, stderr });
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** `what` may be told when it did not come: then it tells how things stand. */
export async function until(
  ms: number,
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  for (const end = Date.now() + ms; !(await holds()); await delay(10)) {
    if (Date.now() > end) throw new Error(`${typeof what === 'string' ? what : what()}: not within ${ms} ms`);
  }
}

const LATE_MS = 20_000;

/** What a promise gives, or an error that names what did not come. */
export async function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${what}: not within ${LATE_MS} ms`)), LATE_MS);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function image(): Promise<string> {
  const given = process.env.SLIPWAY_TEST_SANDBOX_IMAGE;
  if (given) return given;
  const wired = new URL('./sandbox.ts', import.meta.url).href;
  const { learnerImage } = (await import(wired)) as { learnerImage: () => Promise<string> };
  return learnerImage();
}
