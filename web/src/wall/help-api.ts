// Help for a learner: sent, and put away.

import { routes } from '../../../protocol/http.ts';
import type { HelpSent } from '../../../protocol/room.ts';
import { tell } from '../api.ts';

export const sendHelp = (ofClass: number, person: string, help: HelpSent) => tell(routes.help(ofClass, person), help);
export const dismissHelp = (id: string) => tell(routes.dismissHelp(id));
