// What a learner did, asked for by whoever opens them.

import { routes } from '../../../protocol/http.ts';
import { type Evidence, evidenceSchema } from '../../../protocol/session.ts';
import { type LearnerWork, learnerWorkSchema } from '../../../protocol/work.ts';
import { request } from '../api.ts';

export const getWork = (ofClass: number, person: string): Promise<LearnerWork> =>
  request(learnerWorkSchema, 'GET', routes.work(ofClass, person));
export const getAttempt = (ofClass: number, person: string, attempt: number): Promise<Evidence> =>
  request(evidenceSchema, 'GET', routes.attempt(ofClass, person, attempt));
