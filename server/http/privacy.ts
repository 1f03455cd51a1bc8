// The routes of what is kept of a learner: for how long, all of it as a file, and its end.

import express from 'express';
import type { Privacy } from '../../protocol/records.ts';
import type { Room } from '../classes/room.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Store } from '../store/store.ts';
import { bodyOf, nothing } from './body.ts';
import { clearCookie } from './cookies.ts';
import type { Visitors } from './visitors.ts';

export interface PrivacyRouteParts {
  store: Store;
  sessions: Sessions;
  visitors: Visitors;
  room: Room | null;
  retentionDays: number;
}

export function privacyRoutes({ store, sessions, visitors, room, retentionDays }: PrivacyRouteParts): express.Router {
  const router = express.Router();
  router.get('/privacy', (_request, response) => {
    const completionsTo = room?.webhook?.origin ?? null;
    response.json({ retentionDays, completionsTo } satisfies Privacy);
  });
  router.get('/me/export', (request, response) => {
    const person = visitors.person(request, response)?.id ?? null;
    const session = visitors.session(request)?.id ?? null;
    const all = store.personal.of(person, session);
    response
      .attachment('slipway.json')
      .type('json')
      .send(`${JSON.stringify(all, null, 2)}\n`);
  });
  router.post('/me/erase', async (request, response) => {
    bodyOf(request, nothing);
    const person = visitors.person(request, null);
    const session = visitors.session(request);
    if (room && person?.role === 'learner') {
      await room.learners.erase(person);
      clearCookie(response, 'slipway_login');
    } else if (session) {
      await sessions.erase(session);
    }
    response.json(null);
  });
  return router;
}
