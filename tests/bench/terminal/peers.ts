// The programs that Slipway's terminal is compared with, each before a shell in an ordinary container of the learner's image.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { freePort } from '../../support/server.ts';
import { every, type Line, type Rival } from './rival.ts';
import { BareWebSocket } from './web-socket.ts';
import { wettyProgram } from './wetty-cache.ts';

const START_MS = 20_000;
const SIZE = { cols: 100, rows: 30 };

/** A server in a process of its own, and how its page speaks. */
class ServerRival implements Rival {
  readonly #child: ChildProcess;
  readonly #line: () => Line;

  private constructor(child: ChildProcess, line: () => Line) {
    this.#child = child;
    this.#line = line;
  }

  static async start(program: string, args: readonly string[], port: number, line: () => Line): Promise<ServerRival> {
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, POLITE: '1' },
    });
    const deadline = Date.now() + START_MS;
    while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => null))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${program} did not start`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return new ServerRival(child, line);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  open(): Line {
    return this.#line();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }
}

/** The minimal bridge, with its own words for credit. */
export async function startBridge(container: string): Promise<Rival> {
  const port = await freePort();
  const program = fileURLToPath(new URL('bridge.mjs', import.meta.url));
  return ServerRival.start(process.execPath, [program, String(port), container], port, () => {
    const socket = new BareWebSocket({ port });
    const line = lineOf(socket, (keys) => Buffer.from(keys));
    line.parsed = every(65_536, (bytes) => socket.send(JSON.stringify({ ack: bytes })));
    socket.onMessage = (data) => line.onOutput(data);
    return line;
  });
}

/** https://github.com/butlerx/wetty: `docker exec -it` in a pty, socket.io, text. */
export async function startWetty(container: string): Promise<Rival> {
  const port = await freePort();
  const program = await wettyProgram();
  // It runs a command only as root, and else logs in by ssh.
  const asRoot = process.getuid?.() === 0 ? [] : ['--import', 'data:text/javascript,process.getuid=()=>0'];
  const args = ['--host', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
  const command = ['--command', `docker exec -it ${container} bash`];
  return ServerRival.start(process.execPath, [...asRoot, program, ...args, ...command], port, () => {
    const socket = new BareWebSocket({ port, path: '/socket.io/?EIO=4&transport=websocket' });
    const line = lineOf(socket, (keys) => `42${JSON.stringify(['input', keys])}`);
    // As wetty's page: 262,144 bytes at a time are committed.
    let pending = 0;
    line.parsed = (bytes) => {
      for (pending += bytes; pending >= 262_144; pending -= 262_144) socket.send('42["commit",262144]');
    };
    socket.onMessage = (data) => {
      if (data[0] === 0x30) socket.send('40');
      if (data[0] === 0x32) socket.send('3');
      if (data[0] !== 0x34 || data[1] !== 0x32) return;
      const [event, text] = JSON.parse(data.toString('utf8', 2)) as [string, string?];
      if (event === 'login') socket.send(`42${JSON.stringify(['resize', SIZE])}`);
      if (event === 'data' && text !== undefined) line.onOutput(Buffer.from(text));
    };
    return line;
  });
}

/** https://github.com/tsl0922/ttyd, or null where it is not on the PATH. */
export async function startTtyd(container: string): Promise<Rival | null> {
  if (spawnSync('ttyd', ['--version']).error) return null;
  const port = await freePort();
  const args = ['--interface', '127.0.0.1', '--port', String(port), '--writable', '--debug', '3'];
  return ServerRival.start('ttyd', [...args, 'docker', 'exec', '-it', container, 'bash'], port, () => {
    const socket = new BareWebSocket({ port, path: '/ws', headers: { 'Sec-WebSocket-Protocol': 'tty' } });
    const line = lineOf(socket, (keys) => Buffer.from(`0${keys}`));
    const flow = new TtydFlow((word) => socket.send(Buffer.from(word)));
    line.parsed = (bytes) => flow.parsed(bytes);
    socket.onOpen = () =>
      socket.send(Buffer.from(JSON.stringify({ AuthToken: '', columns: SIZE.cols, rows: SIZE.rows })));
    socket.onMessage = (data) => {
      if (data[0] !== 0x30) return;
      flow.received(data.length - 1);
      line.onOutput(data.subarray(1));
    };
    return line;
  });
}

/** As ttyd's page does it: asks for a pause while more than ten marks of 100,000 bytes wait to be parsed. */
class TtydFlow {
  readonly #say: (word: '2' | '3') => void;
  #waiting = 0;
  #paused = false;

  constructor(say: (word: '2' | '3') => void) {
    this.#say = say;
  }

  received(bytes: number): void {
    this.#waiting += bytes;
    if (this.#paused || this.#waiting <= 1_000_000) return;
    this.#paused = true;
    this.#say('2');
  }

  parsed(bytes: number): void {
    this.#waiting -= bytes;
    if (!this.#paused || this.#waiting >= 400_000) return;
    this.#paused = false;
    this.#say('3');
  }
}

/** A bare exec, without a page: what dockerode itself costs. */
export function bareDockerode(container: string): Rival {
  const docker = new Docker();
  return {
    pid: process.pid,
    open() {
      let stream: Duplex | null = null;
      let waiting = 0;
      const line: Line = {
        onOutput: () => {},
        type: (keys) => stream?.write(keys),
        parsed: (bytes) => {
          waiting -= bytes;
          if (waiting < 262_144) stream?.resume();
        },
        close: () => stream?.destroy(),
      };
      const start = async () => {
        const attach = { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true };
        const exec = await docker
          .getContainer(container)
          .exec({ Cmd: ['bash'], ...attach, ConsoleSize: [SIZE.rows, SIZE.cols] } as Docker.ExecCreateOptions);
        stream = await exec.start({ hijack: true, stdin: true, Tty: true });
        stream.on('data', (bytes: Buffer) => {
          waiting += bytes.length;
          if (waiting > 524_288) stream?.pause();
          line.onOutput(bytes);
        });
        stream.on('error', () => {});
      };
      start().catch((error) => console.error(error));
      return line;
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function lineOf(socket: BareWebSocket, frame: (keys: string) => string | Buffer): Line {
  return {
    onOutput: () => {},
    type: (keys) => socket.send(frame(keys)),
    parsed: () => {},
    close: () => socket.close(),
  };
}
