// The routes of a class's rehearsal: how it stands, its beginning, and its end by a click.

import express from 'express';
import { rehearsalAskSchema } from '../../protocol/rehearsal.ts';
import type { Rehearsals } from '../classes/rehearsals.ts';
import { bodyOf, nothing } from './body.ts';

const PATH = '/classes/:class/rehearsal';

export function rehearsalRoutes(rehearsals: Rehearsals): express.Router {
  const router = express.Router();
  router.get(PATH, (request, response) => void response.json(rehearsals.view(Number(request.params.class))));
  router.post(PATH, (request, response) => {
    response.json(rehearsals.begin(Number(request.params.class), bodyOf(request, rehearsalAskSchema)));
  });
  router.post(`${PATH}/stop`, (request, response) => {
    bodyOf(request, nothing);
    response.json(rehearsals.stop(Number(request.params.class)));
  });
  return router;
}
