// Completions told to a real HTTP endpoint: signed, once, again after a failure and a restart, and to nobody inside unless allowed.

import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { completionSchema, webhookSchema } from '../../protocol/webhook.ts';
import { keepCompletions } from '../classes/completions.ts';
import { isOutside } from '../classes/outside-address.ts';
import { Webhook } from '../classes/webhook.ts';
import { type Asker, codeOf, TestRoom } from './test-room.ts';

const SECRET = 'a secret of a test';
const WITHIN = { timeout: 20_000, interval: 10 };

let room: TestRoom;
let teacher: Asker;
let endpoint: Server;
let port: number;
const got: { headers: IncomingHttpHeaders; body: string; path: string }[] = [];
/** What it answers with, one after the other, then 200; 0 for nothing. */
let answers: number[] = [];
const running: { close(): void }[] = [];

beforeAll(async () => {
  room = await TestRoom.open();
  teacher = room.teacher();
  endpoint = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8');
    });
    request.on('end', () => {
      got.push({ headers: request.headers, body, path: request.url ?? '' });
      const status = answers.shift() ?? 200;
      if (status === 302) response.setHeader('location', `http://127.0.0.1:${port}/elsewhere`);
      if (status !== 0) response.writeHead(status).end('x'.repeat(100));
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  port = (endpoint.address() as AddressInfo).port;
});
afterEach(() => {
  for (const each of running.splice(0)) each.close();
  got.length = 0;
  answers = [];
});
afterAll(async () => {
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
  await room[Symbol.asyncDispose]();
});

function started(more: Partial<ConstructorParameters<typeof Webhook>[0]> = {}): Webhook {
  const webhook = new Webhook({
    store: room.store.completions,
    url: `http://127.0.0.1:${port}/hook?key=k`,
    secret: SECRET,
    mayBeInside: true,
    firstAgainMs: 20,
    log: { warn: () => {} },
    ...more,
  });
  const { store, lessons } = room;
  const forget = keepCompletions({ store, classes: room.room.classes, lessons }, () => webhook.wake());
  running.push(webhook, { close: forget });
  webhook.wake();
  return webhook;
}

const taught = () => room.lessons.all.filter(({ steps }) => steps.length > 0).slice(0, 2);
const newClass = (name: string) => {
  const ofClass = room.class(
    name,
    taught().map(({ slug }) => slug),
  );
  const learner = room.learner(ofClass, 'Anna <b>');
  return { ofClass, learner, session: room.begun(learner) };
};

function pass(session: string, lesson: number, but = 0): void {
  const { slug, steps } = taught()[lesson] ?? { slug: '', steps: [] };
  for (const { id } of steps.slice(0, steps.length - but)) room.store.setMark(session, slug, id, 'passed', 5);
}
const counted = (ofClass: number) => room.store.completions.count(ofClass);

describe('a completion', () => {
  it('is told once, with a signature over time and body, a lesson and then the class', async () => {
    started();
    const { ofClass, session } = newClass('Told');
    pass(session, 0, 1);
    expect(counted(ofClass)).toMatchObject({ delivered: 0, waiting: 0 });
    pass(session, 0);
    pass(session, 0);
    await vi.waitFor(() => expect(counted(ofClass)).toMatchObject({ delivered: 1, waiting: 0 }), WITHIN);
    pass(session, 1);
    await vi.waitFor(() => expect(counted(ofClass)).toMatchObject({ delivered: 3, waiting: 0 }), WITHIN);
    const bodies = got.map(({ body }) => completionSchema.parse(JSON.parse(body)));
    expect(bodies.map(({ event, lesson }) => [event, lesson?.slug ?? null])).toEqual(
      expect.arrayContaining([
        ['lesson.completed', taught()[0]?.slug],
        ['lesson.completed', taught()[1]?.slug],
        ['class.completed', null],
      ]),
    );
    expect(bodies[0]).toMatchObject({ class: { id: ofClass, name: 'Told' }, learner: { name: 'Anna <b>' } });
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(3);
    for (const { headers, body, path } of got) {
      const time = String(headers['slipway-timestamp']);
      expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
      const mac = createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex');
      expect(headers['slipway-signature']).toBe(`v1=${mac}`);
      expect(headers['slipway-delivery']).toBe(JSON.parse(body).id);
      expect(path).toBe('/hook?key=k');
    }
    const view = webhookSchema.parse(await (await teacher.get(routes.webhook(ofClass))).json());
    expect(view).toMatchObject({ delivered: 3, waiting: 0, failed: 0, trouble: null });
  });

  it('is tried again with the same bytes, also by the next server, and goes nowhere it is led to', async () => {
    answers = [500, 302, 0];
    const first = started({ timeoutMs: 300 });
    const { ofClass, session } = newClass('Again');
    pass(session, 0);
    await vi.waitFor(() => expect(got.length).toBeGreaterThanOrEqual(3), WITHIN);
    first.close();
    started();
    await vi.waitFor(() => expect(counted(ofClass)).toMatchObject({ delivered: 1, waiting: 0 }), WITHIN);
    expect(new Set(got.map(({ body }) => body)).size).toBe(1);
    expect(got.every(({ path }) => path === '/hook?key=k')).toBe(true);
  });

  it('is given up after days, which its class shows, and sent again by a word of a teacher', async () => {
    answers = [503];
    started({ now: () => Date.now() + 3 * 24 * 3600_000 });
    const { ofClass, learner, session } = newClass('Given up');
    pass(session, 0);
    await vi.waitFor(() => expect(counted(ofClass)).toMatchObject({ waiting: 0, failed: 1 }), WITHIN);
    expect(counted(ofClass).trouble).toContain('503');
    const assistant = room.assistant('Sam');
    expect((await assistant.get(routes.webhook(ofClass))).status).toBe(200);
    for (const asks of [learner, assistant])
      expect(await codeOf(await asks.post(routes.webhookAgain(ofClass)))).toBe('not-yours');
    expect(await codeOf(await learner.get(routes.webhook(ofClass)))).toBe('not-yours');
    expect(await codeOf(await teacher.get(routes.webhook(999)))).toBe('no-class');
    for (const bad of [{ now: true }, { x: 'y'.repeat(10_000) }])
      expect((await teacher.post(routes.webhookAgain(ofClass), bad)).status).toBeGreaterThanOrEqual(400);
    for (let i = 0; i < 3; i++)
      expect(await (await teacher.post(routes.webhookAgain(ofClass))).json()).toMatchObject({ waiting: 1, failed: 0 });
    started();
    await vi.waitFor(() => expect(counted(ofClass)).toMatchObject({ delivered: 1, failed: 0, trouble: null }), WITHIN);
  });

  it('goes with the learner who is erased', async () => {
    answers = [503];
    started({ firstAgainMs: 3600_000 });
    const { ofClass, learner, session } = newClass('Erased');
    pass(session, 0);
    await vi.waitFor(() => expect(counted(ofClass).trouble).toContain('503'), WITHIN);
    await learner.post(routes.erase);
    expect(counted(ofClass)).toMatchObject({ delivered: 0, waiting: 0 });
  });

  it.each(['127.0.0.1', 'localhost'])('is not told to %s where nobody has allowed it', async (host) => {
    started({ url: `http://${host}:${port}/hook`, mayBeInside: false, firstAgainMs: 3600_000 });
    const { ofClass, session } = newClass('Inside');
    pass(session, 0);
    await vi.waitFor(() => expect(counted(ofClass).trouble).toContain('private network'), WITHIN);
    expect(got).toEqual([]);
  });
});

it('knows what is inside', () => {
  const inside = ['10.1.2.3', '127.8.9.1', '169.254.169.254', '172.31.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0'];
  const insideOf6 = [
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
  ];
  for (const address of [...inside, ...insideOf6, '224.0.0.1', '255.255.255.255', 'ff02::1', 'name', ''])
    expect(isOutside(address), address).toBe(false);
  for (const address of ['8.8.8.8', '172.32.0.1', '1.1.1.1', '2606:4700::1111']) expect(isOutside(address)).toBe(true);
});
