// The routes of a teacher's dry run.

import express from 'express';
import type { Room } from '../classes/room.ts';
import { bodyOf, nothing } from './body.ts';
import type { Visitors } from './visitors.ts';

export function dryRunRoutes({ people, dryRuns }: Room, visitors: Visitors): express.Router {
  const router = express.Router();
  router.post('/classes/:class/dry-run', async (request, response) => {
    bodyOf(request, nothing);
    const person = await dryRuns.begin(visitors.known(request, response), Number(request.params.class));
    response.json(people.me(person));
  });
  router.post('/dry-run/end', async (request, response) => {
    bodyOf(request, nothing);
    response.json(people.me(await dryRuns.end(visitors.known(request, response))));
  });
  return router;
}
