// The requests about raised hands, which are loaded with what shows them.

import { routes } from '../../../protocol/http.ts';
import { tell } from '../api.ts';

export const takeHand = (ofClass: number, person: string) => tell(routes.takeHand(ofClass, person));
export const closeHand = (ofClass: number, person: string) => tell(routes.closeHand(ofClass, person));
export const raiseHand = (words: string) => tell(routes.hand, { words });
export const lowerHand = () => tell(routes.lowerHand);
