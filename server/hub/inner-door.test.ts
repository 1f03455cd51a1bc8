// What set-ups read: the same images as learners, and nothing else.

import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openTestFront } from './test-front.ts';

test('the server reads what exists, without a token; nothing is written, and a learner’s own is not there', async () => {
  await using front = await openTestFront(
    ({ url = '' }, answer) => {
      if (url.includes('/library/nginx/')) answer.end('{"tags":["1"]}');
      else answer.writeHead(404).end('{}');
    },
    (_incoming, answer) => answer.end('{"tags":["of a learner"]}'),
  );
  const socketPath = join(front.dir, 'inside.sock');
  await front.hub.listenInside(socketPath);
  const ask = async (method: string, path: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<[number | undefined, string]>();
    request({ socketPath, method, path, agent: false }, async (answer) =>
      resolve([answer.statusCode, await text(answer)]),
    )
      .on('error', reject)
      .end();
    return promise;
  };
  expect(await ask('GET', '/v2/library/nginx/manifests/1')).toEqual([200, '{"tags":["1"]}']);
  for (const path of ['/v2/library/ngnix/manifests/1', '/v2/learner/app/manifests/1'])
    expect((await ask('GET', path))[0], path).toBe(403);
  for (const [method, path] of [
    ['PUT', '/v2/library/nginx/manifests/1'],
    ['POST', '/v2/library/nginx/blobs/uploads/'],
    ['GET', '/v2/library/nginx/blobs/uploads/1'],
    ['GET', '/v2/_catalog'],
  ] as const)
    expect((await ask(method, path))[0], path).toBe(404);
});
