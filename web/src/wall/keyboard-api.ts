// The keyboard of a learner: asked for, allowed, given and taken back.

import { routes } from '../../../protocol/http.ts';
import { tell } from '../api.ts';

export const askKeyboard = (ofClass: number, person: string) => tell(routes.askKeyboard(ofClass, person));
export const giveKeyboard = (ofClass: number, person: string) => tell(routes.giveKeyboard(ofClass, person));
export const allowKeyboard = (ask: string) => tell(routes.allowKeyboard(ask));
export const takeKeyboard = () => tell(routes.takeKeyboard);
