// Floods, stalls and broken lines: bounded at the server, told to the page, and hardly noticed by a neighbour.

import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { PAGE_FRAME_BYTES } from '../../../protocol/limits.ts';
import { closeCodes } from '../../../protocol/socket.ts';
import { percentile } from '../../bench/figures.ts';
import { type LearnerTerminal, until } from '../../support/learner.ts';
import { Neighbour } from '../../support/neighbour.ts';
import { BINARY, frame, HELLO, RawWebSocket, TEXT } from '../../support/raw-web-socket.ts';
import type { FlooderData } from './flooder.ts';
import {
  DEAD_AFTER_MS,
  INPUT_BYTES_PER_SECOND,
  LESSON,
  MOST_SOCKETS,
  type Place,
  STEP,
  WAITING_INPUT_BYTES,
} from './place.ts';

/** Some fifty keys: of fewer, the 95th percentile is the slowest one, whatever the machine did then. */
const NOTICED_MS = 2500;
const ECHO_MS = 50;
/** The kernel has room for some input of its own. */
const PTY_BYTES = 64 * 1024;

const ask = (message: object) => frame(TEXT, JSON.stringify(message));
const pasted = (lines: number) => Array.from({ length: lines }, (_, n) => `${n}`.padEnd(63, '.')).join('\n');

/** As the page does. */
function paste(terminal: LearnerTerminal, text: string | Buffer): void {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += PAGE_FRAME_BYTES)
    terminal.socket.send(bytes.subarray(at, at + PAGE_FRAME_BYTES), { binary: true });
}

export function floods(place: () => Place): void {
  const raw = () => RawWebSocket.open(place().server, place().learner.cookie);
  const begun = (terminal: LearnerTerminal) => terminal.shows(/\x1b\]633;C;[^\x07]*\x07/);

  it('what is pasted faster than it is taken arrives whole and in order, at the rate that is set', async () => {
    const terminal = await place().terminal();
    const text = `${pasted(40_000)}\n`;
    terminal.output = '';
    terminal.type('stty -echo; cat > pasted; sha256sum < pasted; stty echo\r');
    await begun(terminal);
    const began = performance.now();
    paste(terminal, text);
    paste(terminal, '\x04');
    await terminal.shows(createHash('sha256').update(text).digest('hex'));
    expect(performance.now() - began).toBeGreaterThan(1000 * (text.length / INPUT_BYTES_PER_SECOND - 1));
    terminal.socket.terminate();
  });

  it('bytes that are no text go both ways as they are', async () => {
    const terminal = await place().terminal();
    const came: Buffer[] = [];
    terminal.socket.on('message', (data: Buffer, binary: boolean) => binary && came.push(data));
    // Every byte there is, in every neighbourhood: zeros, half characters, half sequences.
    const bytes = Buffer.concat([Buffer.alloc(4096), Uint8Array.from(Array(256).keys()), randomBytes(60_000)]);
    terminal.output = '';
    terminal.type(`stty raw -echo; printf 'go\\n'; head -c ${bytes.length} > bytes; cat bytes; stty sane\r`);
    await terminal.shows(/\x07go\n$/);
    paste(terminal, bytes);
    await until(() => Buffer.concat(came).includes(bytes), 'the same bytes');
    await until(() => place().answers(terminal), 'the prompt');
    terminal.socket.terminate();
  });

  it('a program that is resized a thousand times in a second sees few of them, and the last one', async () => {
    const terminal = await place().terminal();
    terminal.output = '';
    terminal.type(
      `perl -e '$SIG{WINCH} = sub { $n++ }; $| = 1; print "go\\n"; 1 until sysread STDIN, my $line, 99; print "seen $n; ", \`stty size\`'\r`,
    );
    await terminal.shows('go\r\n');
    const began = performance.now();
    for (let n = 0; n < 1000; n++) {
      terminal.send({ type: 'resize', cols: 20 + (n % 100), rows: 10 + (n % 7) });
      if (n % 50 === 49) await delay(began + n - performance.now());
    }
    const ms = performance.now() - began;
    terminal.send({ type: 'resize', cols: 77, rows: 33 });
    await delay(100);
    terminal.type('\r');
    await terminal.shows(/seen \d+; 33 77\r\n/);
    const seen = Number(/seen (\d+)/.exec(terminal.output)?.[1]);
    expect(seen).toBeGreaterThan(2);
    expect(seen).toBeLessThan(5 + ms / 50);
    terminal.send({ type: 'resize', cols: 100, rows: 30 });
    terminal.socket.terminate();
  });

  it('what a program does not read is kept to a limit, then its page is told', async () => {
    const terminal = await place().terminal();
    terminal.type('sleep 1000\r');
    await terminal.shows('sleep');
    const line = `${'x'.repeat(63)}\n`;
    paste(terminal, line.repeat((WAITING_INPUT_BYTES - 2 * PAGE_FRAME_BYTES) / 64));
    terminal.send({ type: 'ping' });
    await until(() => terminal.messages.some(({ type }) => type === 'pong'), 'what is just under the limit');
    paste(terminal, line.repeat((2 * PAGE_FRAME_BYTES + PTY_BYTES) / 64));
    await until(() => terminal.closeCode !== null, 'the close');
    expect(terminal.closeCode).toBe(closeCodes.inputFlood);
    await place().isWell();
  });

  it('a page that reads nothing is dead soon, and one that reads a byte a second and speaks goes on', async () => {
    await place().isWell();
    const before = await place().sockets();
    const printing = await place().terminal();
    printing.type(`yes $(printf '%01024d' 0)\r`);
    await printing.shows('0000\r\n');
    printing.socket.terminate();
    await until(async () => (await place().sockets()) === before, 'nobody there');
    using silent = await raw();
    silent.send(HELLO);
    const began = performance.now();
    await until(async () => (await place().sockets()) === before + 1, 'the silent one');
    await until(async () => (await place().sockets()) === before, 'its end');
    expect(performance.now() - began).toBeLessThan(DEAD_AFTER_MS + 1500);

    using slow = await raw();
    slow.send(HELLO);
    for (let n = 1; n <= 8; n++) {
      await delay(300);
      if (n % 3 === 0) slow.socket.read(1);
      slow.send(ask({ type: 'ping' }));
    }
    expect(await place().sockets()).toBe(before + 1);
    // A window's worth waits for it.
    let read = 0;
    slow.socket.on('data', ({ length }: Buffer) => {
      read += length;
    });
    slow.socket.resume();
    await until(() => read > 400_000, 'what had waited');
    slow.send(frame(BINARY, '\x03'));
    slow[Symbol.dispose]();
    await place().isWell();
  });

  it('frames that are cut in the middle leave nothing behind', async () => {
    await place().isWell();
    const before = await place().sockets();
    const whole = frame(BINARY, 'x'.repeat(1000));
    for (let n = 0; n < 50; n++) {
      using cut = await raw();
      cut.send(HELLO, whole.subarray(0, 1 + 20 * n));
      if (n % 2) cut.socket.destroy();
      else cut.socket.end();
    }
    // Who leaves a half one on the line and says nothing more is dead soon, too.
    using half = await raw();
    half.send(HELLO, whole.subarray(0, 500));
    await until(async () => (await place().sockets()) === before, 'the last one to go');
    await place().isWell();
  });

  it(`a learner has ${MOST_SOCKETS} sockets, and is told of the next`, async () => {
    const stuck = [];
    for (let n = 0; n < MOST_SOCKETS; n++) stuck.push(await raw());
    const one = place().learner.socket();
    const [code] = await once(one, 'close');
    expect(code).toBe(closeCodes.tooManySockets);
    // Those that do not say goodbye, in whose place others have come, go by themselves.
    await until(async () => (await place().sockets()) < MOST_SOCKETS, 'a place for another');
    await place().isWell();
    for (const socket of stuck) socket[Symbol.dispose]();
  });

  it('a neighbour hardly notices floods of keys, of messages and of connections', async () => {
    const neighbour = await Neighbour.open(place().neighbour, LESSON, STEP);
    const echoMs = async () => percentile((await neighbour.notice(NOTICED_MS)).echoMs, 95);
    const terminal = await place().terminal();
    terminal.type('cat > /dev/null\r');
    await terminal.shows('cat > /dev/null');
    terminal.socket.terminate();
    // What else this machine does is in it, too.
    const mostMs = Math.max(ECHO_MS, 3 * (await echoMs()));
    const { server, learner } = place();
    const slow: string[] = [];
    for (const what of ['keys', 'messages', 'connections'] as const) {
      const workerData: FlooderData = { server: { port: server.port, url: server.url }, cookie: learner.cookie, what };
      const flooder = new Worker(new URL('./flooder.ts', import.meta.url), { workerData });
      await once(flooder, 'message');
      const first = await echoMs();
      // Something else may have happened at that moment: it does not happen twice.
      const ms = first <= mostMs ? first : Math.min(first, await echoMs());
      if (ms > mostMs) slow.push(`${what}: ${ms.toFixed(0)} ms of ${mostMs.toFixed(0)}`);
      await flooder.terminate();
    }
    expect(slow).toEqual([]);
    neighbour.close();
    await place().isWell();
  });
}
