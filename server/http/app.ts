// Every route: the page, the API of protocol/http.ts, and the two health answers.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Term } from '../../protocol/lesson.ts';
import { type Info, openSchema } from '../../protocol/session.ts';
import type { Room } from '../classes/room.ts';
import { SlipwayError } from '../errors.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import { paused } from '../sessions/problems.ts';
import { Sessions } from '../sessions/sessions.ts';
import type { Store } from '../store/store.ts';
import { type Access, checkOrigin } from './access.ts';
import { addressOf } from './address.ts';
import { builtAssets } from './assets.ts';
import { badBody, bodyOf, nothing } from './body.ts';
import { broadcastRoutes } from './broadcasts.ts';
import { setCookie } from './cookies.ts';
import { dryRunRoutes } from './dry-runs.ts';
import { fileRoutes } from './files.ts';
import { sendHtml } from './html.ts';
import { learnerRoutes, nameLists } from './learners.ts';
import { lessonDocument, scriptHashes } from './lesson-document.ts';
import { Offer } from './offer.ts';
import { peopleRoutes } from './people.ts';
import { privacyRoutes } from './privacy.ts';
import { answerProblem } from './problems.ts';
import { recordRoutes } from './records.ts';
import { rehearsalRoutes } from './rehearsals.ts';
import type { Rendering } from './rendering.ts';
import { logRequests } from './request-log.ts';
import { stepRoutes } from './steps.ts';
import type { Visitors } from './visitors.ts';
import { wallRoutes } from './wall.ts';
import { webhookRoutes } from './webhook.ts';

export interface AppParts {
  store: Store;
  lessons: Lessons;
  glossary: readonly Term[];
  sessions: Sessions;
  access: Access;
  visitors: Visitors;
  /** Null where a learner is alone at this server. */
  room: Room | null;
  /** Of a learner who does not come any more; 0 for ever. */
  retentionDays: number;
  info: () => Info;
  pageDir: string;
  rendered: Rendering;
  secureCookies: boolean;
  /** Whether a proxy stands before this server, and says who asks. */
  behindProxy: boolean;
  /** What `/readyz` tells; ready when every part is. */
  readiness: () => Promise<Record<'engine' | 'hub' | 'pool', boolean>>;
  metrics: { contentType: string; text(): Promise<string> };
  log: { error(fields: object, text: string): void; debug(fields: object, text: string): void };
}

/** Where the page is; what it shows it asks for by itself. */
const PAGES = [
  '/',
  '/glossary',
  '/certificate',
  '/cheat-sheet',
  '/lessons/:lesson',
  '/join',
  '/back',
  '/sign-in',
  '/classes',
  '/classes/:class',
  '/record',
  '/privacy',
  '/certificates/:certificate',
  '/overview',
  '/classes/:class/wall',
  '/classes/:class/handout',
];

export function createApp(parts: AppParts): express.Express {
  const { lessons, access } = parts;
  const page = readFileSync(join(parts.pageDir, 'index.html'), 'utf8');
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'", ...scriptHashes(page)],
          styleSrc: ["'self'", "'unsafe-inline'"],
          connectSrc: ["'self'", 'ws:', 'wss:'],
          imgSrc: ["'self'", 'data:'],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          objectSrc: ["'none'"],
        },
      },
      // It would hold for every port of this name, and for plain HTTP afterwards; a proxy that adds TLS sets it itself.
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'same-origin' },
    }),
  );
  app.use(logRequests(parts.log));
  app.get('/metrics', async (request, response) => {
    access.checkMetrics(request);
    response
      .set('cache-control', 'no-store')
      .type(parts.metrics.contentType)
      .send(await parts.metrics.text());
  });
  app.get('/access/:token', (request, response) => {
    if (!access.matches(String(request.params.token))) throw noAccess();
    setCookie(response, 'slipway_access', access.cookie, parts.secureCookies);
    response.redirect(303, '/');
  });
  app.use((request, _response, next) => {
    access.check(request);
    next();
  });
  app.get('/healthz', (_request, response) => void response.json({ status: 'alive' }));
  app.get('/readyz', async (_request, response) => {
    const checks = await parts.readiness();
    const ready = Object.values(checks).every(Boolean);
    // At Docker Hub's limit it is ready: it serves what it has.
    const status = ready ? 'ready' : 'not ready';
    response.status(ready ? 200 : 503).json({ status, ...checks, hubLimited: parts.info().hubLimited });
  });
  const offer = new Offer(parts);
  app.use('/api', api(parts, offer));
  app.use('/assets', builtAssets(`${parts.pageDir}/assets`));
  app.use(express.static(parts.pageDir, { index: false, maxAge: 0 }));
  const documentWith = lessonDocument(page);
  const renderedFor: Rendering = (brought, wanted) => {
    try {
      return parts.rendered(brought, wanted);
    } catch (error) {
      // The browser renders it, too.
      parts.log.error({ error: String(error), lesson: brought.lesson.slug }, 'a lesson could not be rendered');
      return null;
    }
  };
  app.get('/lessons/:lesson', (request, response, next) => {
    const { visitors } = parts;
    // What is not for them is not in it: the page asks, and is told why.
    const theirs = visitors.isKnown(request) ? offer.open(request) : [];
    const lesson = theirs.find(({ slug }) => slug === request.params.lesson);
    if (!lesson) return next();
    const languages = [lesson, ...lesson.translations].map(({ language }) => language);
    const session = visitors.session(request)?.view() ?? null;
    const brought = { lesson: offer.view(lesson, request), languages, session };
    const wanted = [request.query.lang, ...request.acceptsLanguages()].filter((one) => typeof one === 'string');
    // Whoever comes back to it later shall see how far they are then.
    response.set('cache-control', 'no-store');
    sendHtml(request, response, documentWith(brought, renderedFor(brought, wanted)));
  });
  app.get(PAGES, (request, response) => {
    const known = request.params.lesson === undefined || lessons.all.some(({ slug }) => slug === request.params.lesson);
    response.status(known ? 200 : 404).set('cache-control', 'no-cache');
    sendHtml(request, response, page);
  });
  app.use(() => {
    throw new SlipwayError('not-found', 'There is nothing at this address.', {
      next: 'Go to the list of lessons at /.',
      status: 404,
    });
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    answerProblem(error, response, parts.log);
  });
  return app;

  function noAccess(): SlipwayError {
    return new SlipwayError('no-access', 'This access link is not valid.', {
      next: 'Open the link that the server printed at its start.',
      status: 401,
    });
  }
}

function api(
  { store, lessons, glossary, sessions, visitors, room, retentionDays, info, secureCookies, behindProxy }: AppParts,
  offer: Offer,
): express.Router {
  const router = express.Router();
  const learner = (request: Request) => {
    const session = Sessions.begun(visitors.session(request));
    if (request.method === 'GET') return session;
    if (session.held) throw paused();
    session.touch();
    return session;
  };
  router.use((request, response, next) => {
    visitors.check(request, response);
    next();
  });
  router.use('/file', fileRoutes(learner));
  router.use(nameLists());
  router.use(express.json({ limit: '4kb', strict: true }));
  router.use((request, response, next) => {
    response.set('cache-control', 'no-store');
    if (request.method === 'GET') return next();
    checkOrigin(request);
    if (!request.is('application/json')) throw badBody();
    next();
  });
  const lessonOf = (request: Request) => offer.lesson(request);
  const spoken = (lesson: Lesson, request: Request) => offer.spoken(lesson, request);

  router.use(peopleRoutes({ room, visitors, behindProxy, secureCookies }));
  if (room)
    router.use(
      learnerRoutes(room.learners),
      webhookRoutes(store, room),
      dryRunRoutes(room, visitors),
      broadcastRoutes(room, visitors),
      rehearsalRoutes(room.rehearsals),
      wallRoutes(room, visitors),
    );
  router.use(privacyRoutes({ store, sessions, visitors, room, retentionDays }));
  router.use(recordRoutes({ store, lessons, offer, visitors, room }));
  router.get('/info', (_request, response) => void response.json(info()));
  router.get('/glossary', (_request, response) => void response.json(glossary));
  router.get('/lessons', (request, response) => {
    response.json(offer.summaries(request));
  });
  router.get('/lessons/:lesson', (request, response) => {
    response.json(offer.view(lessonOf(request), request));
  });
  router.get('/session', (request, response) => {
    response.json(visitors.session(request)?.view() ?? null);
  });

  router.get('/map/raw', async (request, response) => {
    const { key } = request.query;
    response.json(await learner(request).map.raw(typeof key === 'string' ? key : ''));
  });
  router.post('/session/extend', (request, response) => {
    bodyOf(request, nothing);
    const session = Sessions.begun(visitors.session(request));
    session.extend();
    response.json(session.view());
  });
  router.post('/terminals', (request, response) => {
    bodyOf(request, nothing);
    const session = learner(request);
    const terminal = session.openTerminal();
    response.json({ terminal, session: session.view() });
  });
  router.post('/terminals/:terminal/close', async (request, response) => {
    bodyOf(request, nothing);
    const session = learner(request);
    await session.closeTerminal(Number(request.params.terminal));
    response.json(session.view());
  });
  router.post('/lessons/:lesson/open', async (request, response) => {
    const { drawing } = bodyOf(request, openSchema);
    const lesson = lessonOf(request);
    const existing = visitors.session(request);
    const address = addressOf(request, behindProxy);
    if (!lesson.page && !existing?.takesPlace) sessions.checkAddress(address);
    if (existing) {
      if (existing.held && existing.view().lesson !== lesson.slug) throw paused();
      existing.address = address;
      await existing.open(lesson, drawing);
      return void response.json(existing.view());
    }
    const { session, token } = sessions.create();
    session.address = address;
    await session.open(lesson, drawing).catch((error) => {
      sessions.drop(session);
      throw error;
    });
    const person = visitors.person(request, response);
    if (person) {
      room?.people.setSession(person, session.id);
      room?.pauses.meet(person, session.id);
    } else setCookie(response, 'slipway_session', token, secureCookies);
    response.json(session.view());
  });
  router.post('/lessons/:lesson/restart', async (request, response) => {
    bodyOf(request, nothing);
    const session = learner(request);
    await session.restart(lessonOf(request));
    response.json(session.view());
  });
  router.get('/lessons/:lesson/done', (request, response) => {
    const session = visitors.session(request);
    response.json(session?.help.done(lessonOf(request)) ?? []);
  });
  router.post('/lessons/:lesson/setup', async (request, response) => {
    bodyOf(request, nothing);
    const session = learner(request);
    await session.retrySetUp(lessonOf(request));
    response.json(session.view());
  });
  router.use('/lessons/:lesson/steps/:step', stepRoutes({ learner, lessonOf, spoken }));
  return router;
}
