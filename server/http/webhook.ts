// The routes of a class's webhook: how it stands, and another try.

import express from 'express';
import type { Room } from '../classes/room.ts';
import { webhookView } from '../classes/webhook.ts';
import type { Store } from '../store/store.ts';
import { bodyOf, nothing } from './body.ts';

export function webhookRoutes({ completions }: Store, { classes, webhook }: Room): express.Router {
  const router = express.Router();
  router.get('/classes/:class/webhook', (request, response) => {
    response.json(webhookView(completions, webhook, classes.get(Number(request.params.class)).id));
  });
  router.post('/classes/:class/webhook/again', (request, response) => {
    bodyOf(request, nothing);
    const { id } = classes.get(Number(request.params.class));
    completions.again(id, Date.now());
    webhook?.wake();
    response.json(webhookView(completions, webhook, id));
  });
  return router;
}
