import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ACK_BYTES, TAKEN_BYTES } from '../../../protocol/limits.ts';
import { closeCodes } from '../../../protocol/socket.ts';
import type { Screen } from './connection.ts';
import { TerminalLink } from './terminal-link.ts';

class FakeSocket {
  readyState: number = WebSocket.CONNECTING;
  readonly bufferedAmount = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  send(data: string | Uint8Array): void {
    this.sent.push(typeof data === 'string' ? JSON.parse(data) : new TextDecoder().decode(data));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }

  tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  output(bytes: number): void {
    this.onmessage?.({ data: new ArrayBuffer(bytes) });
  }

  end(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code });
  }
}

class FakeScreen implements Screen {
  readonly cols = 80;
  readonly rows = 24;
  cleared = 0;
  parsed: (() => void)[] = [];
  silent: boolean[] = [];

  write(_bytes: Uint8Array, old: boolean, parsed: () => void): void {
    this.silent.push(old);
    this.parsed.push(parsed);
  }

  clear(): void {
    this.cleared += 1;
  }

  trust(): void {}

  sizes: unknown[] = [];
  follow(size: object | null): void {
    this.sizes.push(size);
  }

  lead(): void {
    this.sizes.push('own');
  }

  tellMissing(): void {}
}

const attached = { type: 'terminal', id: 'a', start: 0, nonce: 'n', missed: 0, follows: null };
const other = { cols: 50, rows: 20 };
const typed = () => new TextEncoder().encode('ls');
const page = new EventTarget();
const links: TerminalLink[] = [];
let sockets: FakeSocket[] = [];
let screen = new FakeScreen();
const events = { onSession: vi.fn(), onMap: vi.fn(), onNoSession: vi.fn(), onOutdated: vi.fn(() => false) };

function startLink(shown = true): TerminalLink {
  const link = new TerminalLink(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket as unknown as WebSocket;
  }, events);
  links.push(link);
  if (!shown) return link;
  link.attach(screen);
  link.connect();
  return link;
}

function newest(): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('no socket was made');
  return socket;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', new EventTarget());
  sockets = [];
  screen = new FakeScreen();
  events.onNoSession.mockClear();
  events.onOutdated.mockClear();
});

afterEach(() => {
  for (const link of links.splice(0)) link.dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('says hello with nothing shown, then is ready and takes input', () => {
  const link = startLink();
  newest().open();
  expect(newest().sent).toEqual([{ type: 'hello', version: 3, terminal: null, cols: 80, rows: 24, lead: true }]);
  newest().tell(attached);
  expect(link.state.value).toEqual({ state: 'ready' });
  link.send(typed());
  expect(newest().sent.at(-1)).toBe('ls');
});

test('a socket that was opened ahead says hello once there is a screen, and asks for the map', async () => {
  const link = startLink(false);
  link.showMap(true);
  link.prepare();
  newest().open();
  expect(newest().sent).toEqual([]);
  link.attach(screen);
  link.connect();
  await Promise.resolve();
  expect(sockets).toHaveLength(1);
  expect(newest().sent).toMatchObject([{ type: 'hello' }, { type: 'map', shown: true }]);
});

test('one that ended before there was a screen is made anew', () => {
  const link = startLink(false);
  link.prepare();
  newest().end(1006);
  link.attach(screen);
  link.connect();
  expect(sockets).toHaveLength(2);
});

test('goes on from the last byte received, and acknowledges nothing of the old socket on the new one', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  newest().output(ACK_BYTES);
  newest().end(1006);
  expect(link.state.value).toEqual({ state: 'lost', message: null, typed: 'nothing' });
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(2);
  newest().open();
  for (const parsed of screen.parsed) parsed();
  expect(newest().sent).toEqual([
    { type: 'hello', version: 3, terminal: { id: 'a', from: ACK_BYTES }, cols: 80, rows: 24, lead: true },
  ]);
  newest().tell({ ...attached, start: ACK_BYTES });
  expect(link.state.value).toEqual({ state: 'ready' });
  expect(screen.cleared).toBe(0);
});

test('acknowledges output once it is parsed', () => {
  startLink();
  newest().open();
  newest().tell(attached);
  newest().output(ACK_BYTES);
  expect(newest().sent).toHaveLength(1);
  for (const parsed of screen.parsed) parsed();
  expect(newest().sent.at(-1)).toEqual({ type: 'ack', bytes: ACK_BYTES });
});

test('another terminal clears the screen', () => {
  startLink();
  newest().open();
  newest().tell(attached);
  newest().tell({ ...attached, id: 'b' });
  expect(screen.cleared).toBe(1);
});

test('where another page leads, its size is shown and nothing is answered, until something is typed here', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  newest().output(1);
  newest().tell({ ...attached, start: 1, follows: other });
  newest().output(1);
  newest().tell({ type: 'size', cols: 60, rows: 20 });
  expect(link.follows.value).toBe(true);
  expect(screen.silent).toEqual([false, true]);
  expect(screen.sizes).toEqual([null, other, expect.objectContaining({ cols: 60, rows: 20 })]);
  link.resize();
  expect(newest().sent).toHaveLength(1);
  link.send(typed());
  link.send(typed());
  expect(newest().sent.slice(1)).toEqual([{ type: 'lead', cols: 80, rows: 24 }, 'ls', 'ls']);
  expect(screen.sizes.at(-1)).toBe('own');
  expect(link.follows.value).toBe(false);
  newest().tell({ ...attached, start: 2 });
  newest().output(1);
  expect(screen.silent.at(-1)).toBe(false);
});

test('a page that followed another does not take the lead by coming back, and does so by what was typed meanwhile', () => {
  const link = startLink();
  newest().open();
  newest().tell({ ...attached, follows: other });
  newest().end(1006);
  vi.advanceTimersByTime(250);
  newest().open();
  expect(newest().sent).toMatchObject([{ type: 'hello', lead: false }]);
  newest().end(1006);
  link.send(typed());
  vi.advanceTimersByTime(500);
  newest().open();
  newest().tell({ ...attached, follows: other });
  expect(newest().sent).toMatchObject([{ type: 'hello', lead: false }, { type: 'lead' }, 'ls']);
});

test('what was sent while the shell went away, and was refused, is told', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  newest().tell({ type: 'terminal-lost', message: 'away' });
  newest().tell({ type: 'input-refused', bytes: 2 });
  expect(link.state.value).toEqual({ state: 'lost', message: 'away', typed: 'unsure' });
});

test('after three refusals it asks for a session', () => {
  startLink();
  for (let refusal = 0; refusal < 3; refusal += 1) {
    newest().end(1006);
    vi.advanceTimersByTime(5000);
  }
  expect(events.onNoSession).toHaveBeenCalledOnce();
});

test.each(['inputFlood', 'tooManySockets'] as const)(
  'cut off for %s it says so, and goes on when it is asked to',
  (why) => {
    const link = startLink();
    newest().open();
    newest().tell(attached);
    newest().end(closeCodes[why]);
    page.dispatchEvent(new Event('focus'));
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    expect(link.state.value).toEqual({ state: 'cut-off', why });
    link.send(typed());
    link.connect();
    newest().open();
    newest().tell(attached);
    expect(link.state.value).toEqual({ state: 'ready' });
    expect(newest().sent).not.toContain('ls');
  },
);

test.each(['noHello', 'unread', 'serverStops'] as const)('after %s it connects again by itself', (why) => {
  startLink();
  newest().open();
  newest().end(closeCodes[why]);
  vi.advanceTimersByTime(5000);
  expect(sockets).toHaveLength(2);
});

test('tries at once when the network is back, and not when nothing was lost', () => {
  startLink();
  page.dispatchEvent(new Event('online'));
  expect(sockets).toHaveLength(1);
  newest().end(1006);
  page.dispatchEvent(new Event('online'));
  expect(sockets).toHaveLength(2);
});

test('gives up a socket that never opens, and a server it does not understand', () => {
  const link = startLink();
  vi.advanceTimersByTime(10_000);
  expect(link.state.value.state).toBe('lost');
  vi.advanceTimersByTime(250);
  newest().open();
  newest().tell({ type: 'news' });
  expect(link.state.value).toEqual({ state: 'refused' });
  expect(events.onOutdated).toHaveBeenCalledOnce();
});

test('a server of another version has the page loaded anew', () => {
  events.onOutdated.mockReturnValueOnce(true);
  const link = startLink();
  newest().open();
  newest().end(closeCodes.unknownVersion);
  vi.advanceTimersByTime(60_000);
  expect(events.onOutdated).toHaveBeenCalledOnce();
  expect(sockets).toHaveLength(1);
  expect(link.state.value).toEqual({ state: 'connecting' });
});

test('what is typed while the line is away is sent when it is back in time', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  newest().end(1006);
  link.send(typed());
  link.send(new TextEncoder().encode('\r'));
  expect(link.state.value).toEqual({ state: 'lost', message: null, typed: 'kept' });
  vi.advanceTimersByTime(9_000);
  newest().open();
  newest().tell(attached);
  expect(
    newest()
      .sent.slice(1)
      .filter((sent) => typeof sent === 'string'),
  ).toEqual(['ls', '\r']);
});

test('what is typed while the line is away too long is refused, with all that follows, and never sent', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  newest().end(1006);
  link.send(typed());
  vi.advanceTimersByTime(10_000);
  expect(link.state.value).toMatchObject({ state: 'lost', typed: 'refused' });
  link.send(typed());
  newest().end(1006);
  expect(link.state.value).toMatchObject({ state: 'lost', typed: 'refused' });
  vi.advanceTimersByTime(5_000);
  newest().open();
  newest().tell(attached);
  expect(newest().sent).toHaveLength(1);
  link.send(typed());
  expect(newest().sent.at(-1)).toBe('ls');
});

test('what was typed for one computer is not typed at another', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  newest().tell({ type: 'terminal-lost', message: 'away' });
  link.send(typed());
  newest().tell({ ...attached, id: 'b' });
  expect(newest().sent).toHaveLength(1);
});

test('a socket on which nothing comes any more is given up within 20 s', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  vi.advanceTimersByTime(7_000);
  link.send(typed());
  vi.advanceTimersByTime(10_000);
  expect(link.state.value).toEqual({ state: 'lost', message: null, typed: 'unsure' });
});

test('a quiet socket stays while its pings are answered, and is doubted when the network is back', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  for (let beat = 0; beat < 10; beat += 1) {
    vi.advanceTimersByTime(8_000);
    expect(newest().sent.at(-1)).toEqual({ type: 'ping' });
    newest().tell({ type: 'pong' });
  }
  expect(link.state.value).toEqual({ state: 'ready' });
  page.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(3_000);
  expect(link.state.value.state).toBe('lost');
});

test('tells how much of a long paste is on its way, by what the program has taken', () => {
  const link = startLink();
  newest().open();
  newest().tell(attached);
  link.send(new Uint8Array(4 * TAKEN_BYTES + 5));
  expect(link.waiting).toBe(4 * TAKEN_BYTES + 5);
  newest().tell({ type: 'taken', bytes: 3 * TAKEN_BYTES });
  expect(link.waiting).toBe(TAKEN_BYTES + 5);
  newest().tell({ type: 'taken', bytes: 4 * TAKEN_BYTES });
  expect(link.waiting).toBe(0);
  link.send(new Uint8Array(4 * TAKEN_BYTES));
  link.send(Uint8Array.of(3));
  expect(link.waiting).toBe(0);
});
