// The routes of a class that goes on: raised hands, and help.

import express, { type Request, type Response } from 'express';
import { helpSentSchema, raiseSchema } from '../../protocol/room.ts';
import type { Room } from '../classes/room.ts';
import type { PersonRow } from '../store/people-store.ts';
import { bodyOf, nothing } from './body.ts';
import { stranger, type Visitors } from './visitors.ts';

export function wallRoutes(room: Room, visitors: Visitors): express.Router {
  const router = express.Router();
  const { classes, hands, help } = room;
  const self = (request: Request, response: Response): PersonRow => {
    const person = visitors.person(request, response);
    if (person) return person;
    throw stranger();
  };

  router.post('/hand', (request, response) => {
    hands.raise(self(request, response), bodyOf(request, raiseSchema).words);
    response.json(null);
  });
  router.post('/hand/lower', (request, response) => {
    bodyOf(request, nothing);
    hands.lower(self(request, response));
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/hand/take', (request, response) => {
    bodyOf(request, nothing);
    const { id } = classes.get(Number(request.params.class));
    hands.take(id, request.params.person, self(request, response).name);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/hand/close', (request, response) => {
    bodyOf(request, nothing);
    hands.close(classes.get(Number(request.params.class)).id, request.params.person);
    response.json(null);
  });
  router.post('/classes/:class/learners/:person/help', (request, response) => {
    const { id } = room.learnerOf(Number(request.params.class), request.params.person);
    help.send(id, self(request, response).name, bodyOf(request, helpSentSchema));
    response.json(null);
  });
  router.post('/help/:help/dismiss', (request, response) => {
    bodyOf(request, nothing);
    help.dismiss(self(request, response).id, request.params.help);
    response.json(null);
  });
  return router;
}
