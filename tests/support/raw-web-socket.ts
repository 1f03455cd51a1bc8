// A WebSocket client by hand, for what no real one does: broken frames, and nothing read.
// https://www.rfc-editor.org/rfc/rfc6455#section-5.2

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { routes } from '../../protocol/http.ts';
import { PROTOCOL_VERSION } from '../../protocol/socket.ts';
import type { TestServer } from './server.ts';

export const TEXT = 1;
export const BINARY = 2;
export const PING = 9;
const CLOSE = 8;
const CLOSING = 0x80 | CLOSE;

/** One frame as bytes. */
export function frame(opcode: number, payload: string | Buffer, { final = true, masked = true } = {}): Buffer {
  const bytes = Buffer.from(payload as string);
  const long = bytes.length > 125;
  const head = Buffer.alloc(long ? (bytes.length > 65_535 ? 10 : 4) : 2);
  head[0] = (final ? 0x80 : 0) | opcode;
  head[1] = (masked ? 0x80 : 0) | (long ? (bytes.length > 65_535 ? 127 : 126) : bytes.length);
  if (head.length === 4) head.writeUInt16BE(bytes.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(bytes.length), 2);
  // A mask of zeros is a mask.
  return Buffer.concat([head, Buffer.alloc(masked ? 4 : 0), bytes]);
}

export const HELLO = frame(
  TEXT,
  JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, terminal: null, cols: 100, rows: 30, lead: true }),
);

/** Reads nothing by itself. */
export class RawWebSocket implements Disposable {
  readonly socket: Socket;
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
    });
  }

  static async open({ port, url }: Pick<TestServer, 'port' | 'url'>, cookie: string): Promise<RawWebSocket> {
    const raw = new RawWebSocket(connect(port, '127.0.0.1'));
    raw.socket.write(
      `GET ${routes.socket} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${url}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    await once(raw.socket, 'readable');
    const head = String(raw.socket.read());
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(head);
    return raw;
  }

  send(...frames: Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** Sends the same again and again, as fast as the server takes it, until it is told to stop. */
  flood(bytes: Buffer): () => void {
    let stopped = false;
    const on = () => {
      while (!stopped && !this.closed) if (!this.socket.write(bytes)) return void this.socket.once('drain', on);
    };
    on();
    return () => {
      stopped = true;
    };
  }

  /** The code of the close frame that came last. */
  async closeCode(): Promise<number> {
    const parts: Buffer[] = [];
    this.socket.on('data', (bytes: Buffer) => {
      parts.push(bytes);
      if (bytes.includes(CLOSING)) this.send(frame(CLOSE, ''));
    });
    this.socket.resume();
    // It may be reset by whoever has closed it.
    if (!this.closed) await new Promise((resolve) => this.socket.on('close', resolve));
    const all = Buffer.concat(parts);
    const at = all.lastIndexOf(CLOSING);
    return at < 0 ? 1006 : all.readUInt16BE(at + 2);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
