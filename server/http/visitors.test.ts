import { expect, it } from 'vitest';
import { endpoints } from '../../protocol/endpoints.ts';
import { endpointAt } from './visitors.ts';

it('finds each endpoint by its path, and nothing beside them', () => {
  for (const endpoint of Object.values(endpoints).flat()) {
    const path = endpoint.path.split('?')[0]?.replace(/:\w+/g, 'x-1') ?? '';
    expect(endpointAt(endpoint.method, path), path).toBe(endpoint);
    expect(endpointAt(endpoint.method, `${path}/`), path).toBe(endpoint);
    expect(endpointAt(endpoint.method, `${path}/more`), path).not.toBe(endpoint);
    expect(endpointAt('DELETE', path)).toBeNull();
  }
  for (const path of [
    '',
    '/',
    '/api',
    '/api/',
    '/api/lessons/a/b/c',
    '/API/classes',
    '/api//classes',
    '/api/classes%2F1',
  ])
    expect(endpointAt('GET', path), path).toBeNull();
});
