// What a teacher does for one learner, or with the class.

import { z } from 'zod';
import { routes } from '../../../protocol/http.ts';
import { request } from '../api.ts';

const post = (path: string, said?: object): Promise<null> => request(z.null(), 'POST', path, said);

export const startAgainFor = (ofClass: number, person: string, lesson: string) =>
  post(routes.startAgain(ofClass, person), { lesson });
export const moveTo = (ofClass: number, person: string, lesson: string, step: string) =>
  post(routes.moveTo(ofClass, person), { lesson, step });
export const extendFor = (ofClass: number, person: string) => post(routes.extendFor(ofClass, person));
export const pauseClass = (ofClass: number) => post(routes.pause(ofClass));
export const resumeClass = (ofClass: number) => post(routes.resume(ofClass));
