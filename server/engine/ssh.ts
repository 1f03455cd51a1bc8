// Connections to an engine behind ssh, as the docker command makes them: by the system's ssh, which knows keys, hosts and
// settings of whoever runs the server, and `docker system dial-stdio` there.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dial } from '../dial.ts';
import { SocketLike } from '../socket-like.ts';

const MAX_SAID = 500;

/** `url`: ssh://[user@]host[:port][/path/of/docker.sock]. */
export function sshDial({ username, hostname, port, pathname }: URL): Dial {
  // One ssh connection carries them all, and stays for a minute after the last.
  const shared = mkdtempSync(join(tmpdir(), 'slipway-ssh-'));
  process.once('exit', () => rmSync(shared, { recursive: true, force: true }));
  const options = {
    BatchMode: 'yes',
    ConnectTimeout: '30',
    ControlMaster: 'auto',
    ControlPath: join(shared, '%C'),
    ControlPersist: '60',
    ServerAliveInterval: '15',
  };
  const socket = pathname.length > 1 ? ['--host', `unix://${decodeURIComponent(pathname)}`] : [];
  const words = [
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ...(username ? ['-l', decodeURIComponent(username)] : []),
    ...(port ? ['-p', port] : []),
    ...['-T', '--', hostname, 'docker', ...socket, 'system', 'dial-stdio'],
  ];
  return () => new CommandStream(spawn('ssh', words));
}

/** A program's input and output as one connection. */
class CommandStream extends SocketLike {
  readonly #child: ChildProcessWithoutNullStreams;
  #said = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    super();
    this.#child = child;
    child.stdout.on('data', (bytes: Buffer) => {
      this.touch();
      if (!this.push(bytes)) child.stdout.pause();
    });
    child.stdout.on('end', () => this.push(null));
    child.stderr.on('data', (bytes: Buffer) => {
      this.#said = (this.#said + bytes).slice(-MAX_SAID);
    });
    child.stdin.on('error', () => {});
    child.on('error', (error) => this.destroy(error));
    child.on('exit', (code) => {
      if (code !== 0) this.destroy(new Error(this.#said.trim() || `ssh ended with ${code}`));
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.touch();
    this.#child.stdin.write(chunk, (error) => done(error));
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(done);
  }

  // A connection that waits for its next use keeps no process alive.
  override ref(): this {
    return this.#each('ref');
  }
  override unref(): this {
    return this.#each('unref');
  }

  #each(what: 'ref' | 'unref'): this {
    const { stdin, stdout, stderr } = this.#child;
    for (const part of [this.#child, stdin, stdout, stderr] as { ref(): void; unref(): void }[]) part[what]();
    return this;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }
}
