// Bad requests.

import { request } from 'node:http';
import { expect, it } from 'vitest';
import { endpoints } from '../../../protocol/endpoints.ts';
import { routes } from '../../../protocol/http.ts';
import { Learner } from '../../support/learner.ts';
import { LESSON, MOST_SESSIONS, type Place } from './place.ts';

/** Without --classroom there is nobody to join or to teach. */
const OF_A_ROOM =
  /^\/api\/(join|back|sign-in|staff|classes|overview|certificates|hand|help|keyboard|dry-run|me\/(password|leave))/;

/** What the other tests work with goes with these. */
const LATER = ['/api/lessons/:lesson/restart', routes.erase];

export function badRequests(place: () => Place): void {
  it.each([
    ['/api/lessons/none', 404, 'unknown-lesson'],
    ['/api/lessons/..%2f..%2fetc', 404, 'unknown-lesson'],
    ['/api/nothing', 404, 'not-found'],
    ['/nothing', 404, 'not-found'],
  ])('GET %s answers %i %s', async (path, status, code) => {
    const answer = await place().learner.get(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      error: { code, message: expect.any(String), next: expect.any(String) },
    });
  });

  it.each([
    ['an unknown step', routes.skipStep(LESSON, 'none'), {}, 404, 'unknown-step'],
    ['an unknown lesson', routes.open('none'), {}, 404, 'unknown-lesson'],
    ['a body that is no JSON', routes.open(LESSON), { body: '{' }, 400, 'bad-request'],
    ['a body with more in it', routes.open(LESSON), { body: '{"a":1}' }, 400, 'bad-body'],
    [
      'a body that is huge',
      routes.open(LESSON),
      { body: JSON.stringify({ a: 'x'.repeat(100_000) }) },
      413,
      'bad-request',
    ],
    ['another content type', routes.open(LESSON), { headers: { 'content-type': 'text/plain' } }, 400, 'bad-body'],
    ['a foreign Origin', routes.open(LESSON), { headers: { origin: 'https://example.com' } }, 403, 'foreign-origin'],
  ])('POST with %s', async (_, path, init, status, code) => {
    const answer = await place().learner.post(path, init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect((await place().learner.post(routes.open(LESSON))).status).toBe(200);
  });

  it('has no session for an unknown or malformed cookie', async () => {
    for (const cookie of [
      '',
      'slipway_session=AAAAAAAAAAAAAAAAAAAAAA',
      'slipway_session=../../x',
      `slipway_session=${'x'.repeat(5000)}`,
    ]) {
      const answer = await new Learner(place().server, cookie).get(routes.session);
      expect(await answer.json()).toBeNull();
    }
    expect(await (await place().learner.get(routes.session)).json()).toMatchObject({ lesson: LESSON });
  });

  it('answers no other Host on loopback', async () => {
    const status = (host: string) =>
      new Promise<number>((resolve, reject) => {
        request({ port: place().server.port, path: '/api/lessons', headers: { host } }, (answer) =>
          resolve(answer.resume().statusCode ?? 0),
        )
          .on('error', reject)
          .end();
      });
    expect(await status('evil.example')).toBe(403);
    expect(await status(`localhost:${place().server.port}`)).toBe(200);
    expect(await status('127.0.0.1')).toBe(200);
  });

  it('is alive and ready', async () => {
    expect(await (await place().learner.get('/healthz')).json()).toEqual({ status: 'alive' });
    expect(await (await place().learner.get('/readyz')).json()).toEqual({
      hubLimited: false,
      status: 'ready',
      engine: true,
      hub: true,
      pool: true,
    });
  });

  it('knows every address that docs/protocol.md tells, and those of a room only where there is one', async () => {
    for (const { method, path } of Object.values(endpoints).flat()) {
      const asked = path.replace(':lesson', LESSON).replace(':terminal', '0').replace(/:\w+/g, 'none');
      if (LATER.includes(path) || path.startsWith(routes.socket)) continue;
      const answer = await (method === 'GET' ? place().learner.get(asked) : place().learner.post(asked));
      const text = answer.status === 204 ? '' : await answer.text();
      if (OF_A_ROOM.test(path)) expect(text, path).toContain('"not-found"');
      else expect(text, path).not.toContain('"not-found"');
    }
  });

  it(`lets ${MOST_SESSIONS} learners of one address have a computer, and tells the next one what to do`, async () => {
    // The neighbour is the second of them.
    const others = [place().neighbour];
    await place().neighbour.open(LESSON);
    for (let n = 2; n < MOST_SESSIONS; n++) {
      const other = new Learner(place().server);
      expect((await other.post(routes.open(LESSON))).status).toBe(200);
      others.push(other);
    }
    const refused = await new Learner(place().server).post(routes.open(LESSON));
    expect(refused.status).toBe(429);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await refused.json()).toMatchObject({
      error: { code: 'too-many-sessions', message: expect.stringContaining('3 learners'), next: expect.any(String) },
    });
    // Who has one goes on.
    for (const one of [place().learner, ...others]) expect((await one.post(routes.open(LESSON))).status).toBe(200);
  });
}
