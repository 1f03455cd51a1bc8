// The routes of a class's learners.

import express from 'express';
import { learnerChangeSchema, nameListSchema } from '../../protocol/learners.ts';
import type { Learners } from '../classes/learners.ts';
import { bodyOf, nothing } from './body.ts';

const PATH = '/classes/:class/learners';
/** 300 names of 60 letters that take four bytes each. */
const LIST_LIMIT = '128kb';

/** Before the parser of other bodies, which are smaller. */
export function nameLists(): express.Router {
  return express.Router().post(PATH, express.json({ limit: LIST_LIMIT, strict: true }));
}

export function learnerRoutes(learners: Learners): express.Router {
  const router = express.Router();
  router.get(PATH, (request, response) => void response.json(learners.all(Number(request.params.class))));
  router.post(PATH, (request, response) => {
    response.json(learners.list(Number(request.params.class), bodyOf(request, nameListSchema).names));
  });
  router.post(`${PATH}/:person`, (request, response) => {
    const { class: ofClass, person } = request.params;
    response.json(learners.rename(Number(ofClass), person, bodyOf(request, learnerChangeSchema).name));
  });
  router.post(`${PATH}/:person/link`, (request, response) => {
    bodyOf(request, nothing);
    const { class: ofClass, person } = request.params;
    response.json({ returnPath: learners.newReturnPath(Number(ofClass), person) });
  });
  router.post(`${PATH}/:person/remove`, async (request, response) => {
    bodyOf(request, nothing);
    const { class: ofClass, person } = request.params;
    await learners.remove(Number(ofClass), person);
    response.json(learners.all(Number(ofClass)));
  });
  return router;
}
