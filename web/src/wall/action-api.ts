// What a teacher does for one learner, or with the class.

import { routes } from '../../../protocol/http.ts';
import { tell } from '../api.ts';

export const startAgainFor = (ofClass: number, person: string, lesson: string) =>
  tell(routes.startAgain(ofClass, person), { lesson });
export const moveTo = (ofClass: number, person: string, lesson: string, step: string) =>
  tell(routes.moveTo(ofClass, person), { lesson, step });
export const extendFor = (ofClass: number, person: string) => tell(routes.extendFor(ofClass, person));
export const pauseClass = (ofClass: number) => tell(routes.pause(ofClass));
export const resumeClass = (ofClass: number) => tell(routes.resume(ofClass));
