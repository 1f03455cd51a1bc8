// A WebSocket client that does no more than a measurement needs, so that its own time stays small beside the servers'.
// https://www.rfc-editor.org/rfc/rfc6455

import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const FINAL = 0x80;
const TEXT = 1;
const BINARY = 2;
const PING = 9;
const PONG = 10;
const MASKED = 0x80;
/** A mask of zeros is a mask. */
const NO_MASK = 4;

export interface WebSocketAddress {
  port: number;
  path?: string;
  headers?: Readonly<Record<string, string>>;
}

export class BareWebSocket {
  onOpen: () => void = () => {};
  onMessage: (data: Buffer, binary: boolean) => void = () => {};
  readonly #socket: Socket;
  #open = false;
  #waiting: Buffer[] = [];
  #rest: Buffer = Buffer.alloc(0);

  constructor({ port, path = '/', headers = {} }: WebSocketAddress) {
    const lines = Object.entries({
      Host: `127.0.0.1:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const onread = {
      buffer: Buffer.allocUnsafeSlow(256 * 1024),
      callback: (length: number, buffer: Uint8Array) => {
        this.#receive(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        return true;
      },
    };
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true, onread } as never);
    this.#socket.on('error', (error) => console.error(error.message));
    this.#socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  }

  /** Also before it is open: then it goes out when it is. */
  send(data: string | Buffer): void {
    this.#sendFrame(typeof data === 'string' ? TEXT : BINARY, Buffer.from(data));
  }

  close(): void {
    this.#socket.destroy();
  }

  #sendFrame(kind: number, payload: Buffer): void {
    const long = payload.length > 125;
    const head = Buffer.alloc((long ? 4 : 2) + NO_MASK);
    head[0] = FINAL | kind;
    head[1] = MASKED | (long ? 126 : payload.length);
    if (long) head.writeUInt16BE(payload.length, 2);
    const frame = Buffer.concat([head, payload]);
    if (this.#open) this.#socket.write(frame);
    else this.#waiting.push(frame);
  }

  #receive(chunk: Buffer): void {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#open) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#rest = Buffer.from(data);
        return;
      }
      if (!data.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) throw new Error(data.toString('latin1', 0, end));
      data = data.subarray(end + 4);
      this.#open = true;
      this.onOpen();
      for (const frame of this.#waiting.splice(0)) this.#socket.write(frame);
    }
    this.#rest = Buffer.from(data.subarray(this.#readFrames(data)));
  }

  /** Answers how many bytes were whole frames. */
  #readFrames(data: Buffer): number {
    let at = 0;
    while (data.length - at >= 2) {
      const short = (data[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < head) break;
      const length =
        short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
      if (data.length - at < head + length) break;
      const kind = (data[at] ?? 0) & 0x0f;
      const payload = data.subarray(at + head, at + head + length);
      at += head + length;
      if (kind === PING) this.#sendFrame(PONG, payload);
      if (kind === TEXT || kind === BINARY) this.onMessage(payload, kind === BINARY);
    }
    return at;
  }
}
