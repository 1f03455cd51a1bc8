// The routes of what lasts: a learner's own record, the report and the overview of a class, and certificates.

import express, { type Request, type Response } from 'express';
import { linkTokenSchema } from '../../protocol/classroom.ts';
import type { SharedOverview } from '../../protocol/records.ts';
import { classReport, recordOf } from '../classes/records.ts';
import { reportCsv, reportLines } from '../classes/report-files.ts';
import type { Room } from '../classes/room.ts';
import type { Lessons } from '../lessons/load.ts';
import type { Store } from '../store/store.ts';
import { bodyOf, nothing } from './body.ts';
import type { Offer } from './offer.ts';
import type { Visitors } from './visitors.ts';

export interface RecordRouteParts {
  store: Store;
  lessons: Lessons;
  offer: Offer;
  visitors: Visitors;
  room: Room | null;
}

export function recordRoutes({ store, lessons, offer, visitors, room }: RecordRouteParts): express.Router {
  const router = express.Router();
  router.get('/record', (request, response) => {
    const session = visitors.session(request)?.id ?? null;
    const person = visitors.person(request, null);
    response.json({
      lessons: recordOf(store, session, offer.to(request).all),
      certificates: (person && room?.certificates.of(person.id)) ?? [],
    });
  });
  if (!room) return router;

  const report = (request: Request) => classReport(store, room.classes, lessons, Number(request.params.class));
  const file = (response: Response, name: string, type: string, text: string) =>
    response.type(type).attachment(name).send(text);
  router.get('/classes/:class/report', (request, response) => void response.json(report(request)));
  router.get('/classes/:class/report.csv', (request, response) => {
    file(response, 'report.csv', 'text/csv', reportCsv(report(request)));
  });
  router.get('/classes/:class/report.jsonl', (request, response) => {
    file(response, 'report.jsonl', 'application/jsonl', reportLines(report(request)));
  });
  router.get('/classes/:class/overview', (request, response) => {
    const id = Number(request.params.class);
    const overview = room.overviews.of(id);
    response.json({ overview, path: `/overview#${room.overviews.tokenOf(id)}` } satisfies SharedOverview);
  });
  router.post('/overview', (request, response) => {
    response.json(room.overviews.byToken(bodyOf(request, linkTokenSchema).token));
  });
  router.post('/certificates', (request, response) => {
    bodyOf(request, nothing);
    response.json(room.certificates.make(visitors.known(request, response)));
  });
  router.get('/certificates/:certificate', (request, response) => {
    response.json(room.certificates.get(request.params.certificate));
  });
  return router;
}
