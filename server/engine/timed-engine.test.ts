// A host engine that hangs or is not there: each call ends, nobody waits twice, and it is told when the engine is back.

import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { TimedEngine } from './timed-engine.ts';

it('ends a call to an engine that hangs, refuses the next at once, and tells when it answers again', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-timed-'));
  let hangs = true;
  let asked = 0;
  const server = http.createServer(({ url }, response) => {
    if (url?.startsWith('/containers/')) asked += 1;
    if (!hangs) response.end('[]');
  });
  const socketPath = join(dir, 'engine.sock');
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const engine = new TimedEngine({ socketPath }, { askMs: 100 });
  const back = vi.fn();
  engine.onBack(back);
  const refusal = { code: 'host-engine-hangs', status: 503 };
  await expect(engine.listContainers()).rejects.toMatchObject(refusal);
  expect(engine.state).toBe('hangs');
  expect(asked).toBe(1);
  await expect(engine.listContainers()).rejects.toMatchObject(refusal);
  expect(asked).toBe(1);
  hangs = false;
  await vi.waitFor(() => expect(back).toHaveBeenCalledTimes(1), 6_000);
  expect(await engine.listContainers()).toEqual([]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(engine.listContainers()).rejects.toMatchObject({ code: 'host-engine-away', status: 503 });
  expect(engine.state).toBe('away');
  rmSync(dir, { recursive: true });
});

it('hands on what an engine refuses', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-timed-'));
  const server = http.createServer((_, response) => response.writeHead(409).end('{"message":"in use"}'));
  const socketPath = join(dir, 'engine.sock');
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const engine = new TimedEngine({ socketPath });
  await expect(engine.getVolume('x').remove()).rejects.toMatchObject({ statusCode: 409 });
  expect(engine.state).toBe('up');
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true });
});
