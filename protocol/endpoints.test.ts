// The document names the addresses that the page asks.

import { expect, it } from 'vitest';
import { endpoints } from './endpoints.ts';
import { routes } from './http.ts';

it.each(Object.entries(routes))('%s is at the path that is told', (name, route) => {
  for (const { path } of endpoints[name as keyof typeof routes]) {
    const names = path.match(/:\w+/g) ?? [];
    const made = typeof route === 'string' ? route : (route as (...parts: string[]) => string)(...names);
    // Which terminal a socket is for is added by whoever opens it.
    expect(decodeURIComponent(made)).toBe(path.replace('?terminal=:terminal', ''));
  }
});
