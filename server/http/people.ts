// The routes of a room: who asks, joining, signing in and out, and a teacher's classes.

import express, { type Response } from 'express';
import {
  classChangeSchema,
  type Here,
  invitationSchema,
  joinSchema,
  linkTokenSchema,
  newClassSchema,
  newPasswordSchema,
  signInSchema,
} from '../../protocol/classroom.ts';
import type { Entered } from '../classes/people.ts';
import type { Room } from '../classes/room.ts';
import { addressOf } from './address.ts';
import { bodyOf, nothing } from './body.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import type { Visitors } from './visitors.ts';

export interface PeopleRouteParts {
  room: Room | null;
  visitors: Visitors;
  behindProxy: boolean;
  secureCookies: boolean;
}

export function peopleRoutes({ room, visitors, behindProxy, secureCookies }: PeopleRouteParts): express.Router {
  const router = express.Router();
  router.get('/me', (request, response) => {
    const person = visitors.person(request, response);
    response.json({ classroom: room !== null, me: (person && room?.people.me(person)) ?? null } satisfies Here);
  });
  if (room === null) return router;
  const { people, classes } = room;

  const enter = (response: Response, { person, login }: Entered) => {
    setCookie(response, 'slipway_login', login, secureCookies);
    response.json(people.me(person));
  };

  router.post('/join', (request, response) => {
    const { code, name } = bodyOf(request, joinSchema);
    enter(response, people.join(code, name, addressOf(request, behindProxy)));
  });
  router.post('/back', (request, response) => {
    enter(response, people.enterByReturnLink(bodyOf(request, linkTokenSchema).token));
  });
  router.post('/sign-in/link', (request, response) => {
    enter(response, people.enterByLink(bodyOf(request, linkTokenSchema).token));
  });
  router.post('/sign-in', async (request, response) => {
    const { name, password } = bodyOf(request, signInSchema);
    enter(response, await people.enterByPassword(name, password, addressOf(request, behindProxy)));
  });
  router.post('/me/password', async (request, response) => {
    const { name, password } = bodyOf(request, newPasswordSchema);
    enter(response, await people.setPassword(visitors.known(request, response), name, password));
  });
  router.post('/me/leave', (request, response) => {
    bodyOf(request, nothing);
    people.leave(readCookie(request, 'slipway_login') ?? '');
    clearCookie(response, 'slipway_login');
    response.json(null);
  });

  router.get('/staff', (_request, response) => void response.json(people.staff()));
  router.post('/staff', (request, response) => {
    const { role, name } = bodyOf(request, invitationSchema);
    const { person, token } = people.invite(role, name);
    response.json({ ...people.staffView(person), signInPath: `/sign-in#${token}` });
  });
  router.post('/staff/:person/remove', (request, response) => {
    bodyOf(request, nothing);
    people.removeStaff(request.params.person, visitors.known(request, response));
    response.json(people.staff());
  });

  router.get('/classes', (_request, response) => void response.json(classes.all()));
  router.post('/classes', (request, response) => {
    const { name, lessons } = bodyOf(request, newClassSchema);
    response.json(classes.create(name, lessons));
  });
  router.get('/classes/:class', (request, response) => void response.json(classes.get(Number(request.params.class))));
  router.post('/classes/:class', (request, response) => {
    response.json(classes.change(Number(request.params.class), bodyOf(request, classChangeSchema)));
  });
  return router;
}
