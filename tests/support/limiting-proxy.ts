// A proxy before a real registry that asks for a login and counts manifests, in Docker Hub's headers and words.
// https://docs.docker.com/docker-hub/usage/pulls/

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const LIMIT = 100;
const REFUSAL = JSON.stringify({
  errors: [
    {
      code: 'TOOMANYREQUESTS',
      message:
        'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    },
  ],
});

export interface LimitingProxy {
  port: number;
  /** Manifests that it still gives; a HEAD is not counted. */
  left: number;
  /** What it asks for, of the account that it was started with. */
  password: string | null;
  close(): void;
}

export async function startLimitingProxy(
  upstream: string,
  account: { user: string; password: string } | null,
): Promise<LimitingProxy> {
  const proxy: LimitingProxy = { port: 0, left: LIMIT, password: account?.password ?? null, close: () => {} };
  const server = createServer((asked, answer) => {
    const basic = account && `Basic ${Buffer.from(`${account.user}:${proxy.password}`).toString('base64')}`;
    const token = createHash('sha256').update(`${basic}`).digest('hex');
    if (account && asked.url?.startsWith('/token')) {
      if (asked.headers.authorization === basic) return void answer.end(JSON.stringify({ token, expires_in: 60 }));
      return void answer.writeHead(401).end('{"details":"incorrect username or password"}');
    }
    if (account && asked.headers.authorization !== `Bearer ${token}`) {
      const realm = `http://${asked.headers.host}/token`;
      answer.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="test"` });
      return void answer.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
    }
    const counts = asked.url?.includes('/manifests/') && asked.method === 'GET';
    const limits = { 'ratelimit-limit': `${LIMIT};w=21600`, 'ratelimit-remaining': `${proxy.left};w=21600` };
    if (counts && proxy.left === 0) {
      answer.writeHead(429, { ...limits, 'content-type': 'application/json' });
      return void answer.end(REFUSAL);
    }
    if (counts) proxy.left -= 1;
    pass(upstream, asked, answer, asked.url?.includes('/manifests/') ? limits : {});
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  proxy.port = (server.address() as AddressInfo).port;
  proxy.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return proxy;
}

function pass(upstream: string, asked: IncomingMessage, answer: ServerResponse, more: Record<string, string>): void {
  const { authorization: _, ...headers } = asked.headers;
  const sent = request(new URL(asked.url ?? '/', upstream), { method: asked.method, headers }, (found) => {
    answer.writeHead(found.statusCode ?? 502, { ...found.headers, ...more });
    found.pipe(answer);
  });
  sent.on('error', () => answer.destroy());
  sent.end();
}
