// The requests about raised hands, which are loaded with what shows them.

import { z } from 'zod';
import { routes } from '../../../protocol/http.ts';
import { request } from '../api.ts';

export const takeHand = (ofClass: number, person: string): Promise<null> =>
  request(z.null(), 'POST', routes.takeHand(ofClass, person));
export const closeHand = (ofClass: number, person: string): Promise<null> =>
  request(z.null(), 'POST', routes.closeHand(ofClass, person));
export const raiseHand = (words: string): Promise<null> => request(z.null(), 'POST', routes.hand, { words });
export const lowerHand = (): Promise<null> => request(z.null(), 'POST', routes.lowerHand);
