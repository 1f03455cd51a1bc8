// The requests of the page of a class, which are loaded with it.

import { z } from 'zod';
import { type Class, type ClassChange, classSchema, type Me, meSchema } from '../../../protocol/classroom.ts';
import { routes } from '../../../protocol/http.ts';
import {
  type ClassLearner,
  classLearnerSchema,
  type Listed,
  listedSchema,
  returnLinkSchema,
} from '../../../protocol/learners.ts';
import { type RehearsalAsk, type RehearsalView, rehearsalViewSchema } from '../../../protocol/rehearsal.ts';
import { type Webhook, webhookSchema } from '../../../protocol/webhook.ts';
import { request } from '../api.ts';

const classes = z.array(classSchema);
const learners = z.array(classLearnerSchema);

export const getClass = (id: number): Promise<Class> => request(classSchema, 'GET', routes.class(id));
export const listNames = (id: number, names: readonly string[]): Promise<Listed> =>
  request(listedSchema, 'POST', routes.learners(id), { names });
export const renameLearner = (id: number, person: string, name: string): Promise<ClassLearner> =>
  request(classLearnerSchema, 'POST', routes.learner(id, person), { name });
export const newReturnPath = async (id: number, person: string): Promise<string> =>
  (await request(returnLinkSchema, 'POST', routes.returnLink(id, person))).returnPath;
export const removeLearner = (id: number, person: string): Promise<ClassLearner[]> =>
  request(learners, 'POST', routes.removeLearner(id, person));

export const beginDryRun = (id: number): Promise<Me> => request(meSchema, 'POST', routes.dryRun(id));
export const getRehearsal = (id: number): Promise<RehearsalView> =>
  request(rehearsalViewSchema, 'GET', routes.rehearsal(id));
export const beginRehearsal = (id: number, ask: RehearsalAsk): Promise<RehearsalView> =>
  request(rehearsalViewSchema, 'POST', routes.rehearsal(id), ask);
export const stopRehearsal = (id: number): Promise<RehearsalView> =>
  request(rehearsalViewSchema, 'POST', routes.stopRehearsal(id));
export const getWebhook = (id: number): Promise<Webhook> => request(webhookSchema, 'GET', routes.webhook(id));
export const sendAgain = (id: number): Promise<Webhook> => request(webhookSchema, 'POST', routes.webhookAgain(id));

export const getClasses = (): Promise<Class[]> => request(classes, 'GET', routes.classes);
export const createClass = (name: string, lessons: readonly string[]): Promise<Class> =>
  request(classSchema, 'POST', routes.classes, { name, lessons });
export const changeClass = (id: number, change: ClassChange): Promise<Class> =>
  request(classSchema, 'POST', routes.class(id), change);
