// A terminal shown to the class: begun and ended.

import { routes } from '../../../protocol/http.ts';
import { tell } from '../api.ts';

/** `terminal`: null for the one that was used last. */
export const beginBroadcast = (ofClass: number, terminal: number | null) =>
  tell(routes.broadcast(ofClass), { terminal });
export const endBroadcast = (ofClass: number) => tell(routes.endBroadcast(ofClass));
