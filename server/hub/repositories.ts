// Who may do what on the practice Docker Hub: everyone reads what exists, the practice account writes `learner/*`.

import { OWN_NAMESPACE, PRACTICE_ACCOUNT } from './account.ts';
import type { OwnRegistry } from './own-registry.ts';
import type { StoreProxy } from './store-proxy.ts';
import type { Access, Action } from './tokens.ts';

/** Where a repository lives, if it exists. */
export function placeOf(repository: string): 'own' | 'store' {
  return repository.startsWith(OWN_NAMESPACE) ? 'own' : 'store';
}

/** The part of the wanted actions that a user may do. */
export async function allowed(
  user: string,
  { name, actions }: Access,
  store: StoreProxy,
  own: OwnRegistry,
): Promise<Action[]> {
  const place = placeOf(name);
  // Docker looks for each layer before it sends it, so who may push may also look.
  if (place === 'own' && user === PRACTICE_ACCOUNT.user && actions.some((action) => action !== 'pull')) return actions;
  if (!actions.includes('pull')) return [];
  // A store that cannot tell lets pass, so that the request itself is answered by what is wrong.
  const exists = place === 'own' ? await own.has(name) : (await store.has(name)) !== false;
  return exists ? ['pull'] : [];
}
