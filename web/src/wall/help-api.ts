// Help for a learner: sent, and put away.

import { z } from 'zod';
import { routes } from '../../../protocol/http.ts';
import type { HelpSent } from '../../../protocol/room.ts';
import { request } from '../api.ts';

const post = (path: string, said?: object): Promise<null> => request(z.null(), 'POST', path, said);

export const sendHelp = (ofClass: number, person: string, help: HelpSent) => post(routes.help(ofClass, person), help);
export const dismissHelp = (id: string) => post(routes.dismissHelp(id));
