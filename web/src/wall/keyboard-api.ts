// The keyboard of a learner: asked for, allowed, given and taken back.

import { z } from 'zod';
import { routes } from '../../../protocol/http.ts';
import { request } from '../api.ts';

const post = (path: string): Promise<null> => request(z.null(), 'POST', path);

export const askKeyboard = (ofClass: number, person: string) => post(routes.askKeyboard(ofClass, person));
export const giveKeyboard = (ofClass: number, person: string) => post(routes.giveKeyboard(ofClass, person));
export const allowKeyboard = (ask: string) => post(routes.allowKeyboard(ask));
export const takeKeyboard = () => post(routes.takeKeyboard);
