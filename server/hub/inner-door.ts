// The server's own way to what everybody may read: plain HTTP for set-ups, which fill lessons' registries from it.

import { createServer, type Server } from 'node:http';
import { notFound, refuse } from './answers.ts';
import { parseHubPath } from './paths.ts';
import { placeOf } from './repositories.ts';
import type { StoreProxy } from './store-proxy.ts';

/** Not listening yet. */
export function createInnerDoor(store: StoreProxy): Server {
  return createServer(async (request, response) => {
    const path = parseHubPath(request.url ?? '');
    const reading = request.method === 'GET' || request.method === 'HEAD';
    if (!reading || !('repository' in path) || path.kind === 'upload') return notFound(response);
    const exists = placeOf(path.repository) === 'store' && (await store.has(path.repository)) !== false;
    if (exists) await store.forward(request, response, path);
    else refuse(response, 'denied', { name: path.repository });
  });
}
