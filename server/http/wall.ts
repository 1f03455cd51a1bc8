// The routes of a class that goes on: raised hands, help, what a learner did, what is done for them, keyboards and pauses.

import express, { type Request, type Response } from 'express';
import { helpSentSchema, raiseSchema } from '../../protocol/room.ts';
import { toStartSchema, toStepSchema } from '../../protocol/wall.ts';
import { notLooking, notThere } from '../classes/keyboards.ts';
import type { Room } from '../classes/room.ts';
import { bodyOf, nothing } from './body.ts';
import type { Visitors } from './visitors.ts';

export function wallRoutes(room: Room, visitors: Visitors): express.Router {
  const router = express.Router();
  const { classes, hands, help, keyboards, interventions, pauses } = room;
  const learner = ({ params }: Request) => room.learners.of(Number(params.class), String(params.person));
  const by = (request: Request, response: Response) => visitors.known(request, response).name;

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
    hands.take(id, request.params.person, by(request, response));
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/hand/close', (request, response) => {
    bodyOf(request, nothing);
    hands.close(classes.get(Number(request.params.class)).id, request.params.person);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/help', (request, response) => {
    const { id } = learner(request);
    help.tell(id, by(request, response), bodyOf(request, helpSentSchema));
    response.json(null);
  });
  router.post('/help/:help/dismiss', (request, response) => {
    bodyOf(request, nothing);
    help.dismiss(visitors.known(request, response).id, request.params.help);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/keyboard/ask', (request, response) => {
    bodyOf(request, nothing);
    const asked = learner(request);
    const person = visitors.known(request, response);
    if (!help.isWatchedBy(asked.id, person.id)) throw notLooking();
    if (!visitors.sessionOf(asked)?.standing.connected) throw notThere();
    keyboards.ask(asked.id, person);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/keyboard/give-back', (request, response) => {
    bodyOf(request, nothing);
    keyboards.giveBack(learner(request).id, visitors.known(request, response).id);
    response.json(null);
  });
  router.post('/keyboard/:ask/allow', (request, response) => {
    bodyOf(request, nothing);
    keyboards.allow(visitors.known(request, response).id, request.params.ask);
    response.json(null);
  });
  router.post('/keyboard/take-back', (request, response) => {
    bodyOf(request, nothing);
    keyboards.takeBack(visitors.known(request, response).id);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/restart', async (request, response) => {
    const said = bodyOf(request, toStartSchema);
    await interventions.startAgain(learner(request), by(request, response), said);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/step', async (request, response) => {
    const said = bodyOf(request, toStepSchema);
    await interventions.moveTo(learner(request), by(request, response), said);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/extend', (request, response) => {
    bodyOf(request, nothing);
    interventions.extend(learner(request), by(request, response));
    response.json(null);
  });
  router.post('/classes/:class/pause', (request, response) => {
    bodyOf(request, nothing);
    pauses.pause(classes.get(Number(request.params.class)).id, by(request, response));
    response.json(null);
  });
  router.post('/classes/:class/resume', (request, response) => {
    bodyOf(request, nothing);
    pauses.resume(classes.get(Number(request.params.class)).id);
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
