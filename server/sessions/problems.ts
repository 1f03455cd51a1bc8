// What a learner may ask of a session that it cannot do now, with what to do instead.

import { MAX_TERMINALS } from '../../protocol/limits.ts';
import { SlipwayError } from '../errors.ts';

const conflict = (code: string, message: string, next: string) =>
  new SlipwayError(code, message, { next, status: 409 });

export const notOpen = () =>
  conflict('not-open', 'Another lesson is open.', 'Open this one again, from the list of lessons.');
export const noTerminal = () =>
  conflict('no-terminal', 'Your computer is not ready yet.', 'Wait until it is; the page says so.');
export const promptBusy = () =>
  conflict(
    'prompt-busy',
    'A command is running in your terminal.',
    'Let it end, or stop it with Ctrl-C, and try again.',
  );
export const showRunning = () =>
  conflict('show-running', 'The solution is being typed right now.', 'Watch the terminal.');
export const notShowable = () => conflict('not-showable', 'This step has nothing to type.', 'Answer its questions.');
export const unknownQuiz = () =>
  new SlipwayError('unknown-quiz', 'This step has no such question.', { next: 'Reload the page.', status: 404 });
export const unknownStep = () =>
  new SlipwayError('unknown-step', 'This lesson has no such step.', { next: 'Reload the page.', status: 404 });
export const paused = () =>
  conflict('paused', 'The teacher has paused the class.', 'Wait until it goes on; the page says so.');
export const tooManyReports = () =>
  new SlipwayError('too-many-reports', 'You have reported very often already.', {
    next: 'Tell whoever runs this server.',
    status: 429,
  });

export function noComputer(): SlipwayError {
  return new SlipwayError('no-computer', 'You have no practice computer now.', {
    next: 'Open a lesson that has one.',
    status: 409,
  });
}

export function tooManyTerminals(): SlipwayError {
  return new SlipwayError('too-many-terminals', `There are ${MAX_TERMINALS} terminals already.`, {
    next: 'Close one that you do not need.',
    status: 409,
  });
}
