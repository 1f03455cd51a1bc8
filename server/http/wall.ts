// The routes of a class that goes on: raised hands, help, and what a learner did.

import express, { type Request } from 'express';
import { helpSentSchema, raiseSchema } from '../../protocol/room.ts';
import type { Room } from '../classes/room.ts';
import { bodyOf, nothing } from './body.ts';
import type { Visitors } from './visitors.ts';

export function wallRoutes(room: Room, visitors: Visitors): express.Router {
  const router = express.Router();
  const { classes, hands, help } = room;
  const learner = ({ params }: Request) => room.learners.of(Number(params.class), String(params.person));

  router.post('/hand', (request, response) => {
    hands.raise(visitors.known(request, response), bodyOf(request, raiseSchema).words);
    response.json(null);
  });
  router.post('/hand/lower', (request, response) => {
    bodyOf(request, nothing);
    hands.lower(visitors.known(request, response));
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/hand/take', (request, response) => {
    bodyOf(request, nothing);
    const { id } = classes.get(Number(request.params.class));
    hands.take(id, request.params.person, visitors.known(request, response).name);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/hand/close', (request, response) => {
    bodyOf(request, nothing);
    hands.close(classes.get(Number(request.params.class)).id, request.params.person);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/help', (request, response) => {
    const { id } = learner(request);
    help.send(id, visitors.known(request, response).name, bodyOf(request, helpSentSchema));
    response.json(null);
  });
  router.post('/help/:help/dismiss', (request, response) => {
    bodyOf(request, nothing);
    help.dismiss(visitors.known(request, response).id, request.params.help);
    response.json(null);
  });
  router.get('/classes/:class/learners/:person/work', (request, response) => {
    response.json(room.work.of(learner(request)));
  });
  router.get('/classes/:class/learners/:person/attempts/:attempt', (request, response) => {
    response.json(room.work.evidence(learner(request), Number(request.params.attempt)));
  });
  return router;
}
