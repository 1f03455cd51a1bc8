// The words in the terminal's bar: how far the computer is. Trouble is the banner's.

import type { LessonRun } from '../lesson/lesson-run.ts';
import { texts } from '../texts.ts';
import { isCutOff } from './terminal-link.ts';
import { waitingIn } from './waiting-card.tsx';

type Look = 'busy' | 'ready' | 'shared' | 'trouble';

export function TerminalStatus({ run }: { run: LessonRun }) {
  const { look, text } = statusOf(run);
  const isWaiting = waitingIn(run.setup.value) !== null;
  return (
    <div class="terminal-status" data-look={look}>
      <h2 class="terminal-name">{texts.terminal.name}</h2>
      <span class="terminal-lamp" aria-hidden="true" />
      <span class="terminal-words" aria-hidden={look === 'ready' || look === 'shared'}>
        {text}
      </span>
      {/* Said aloud is that it starts and that it is there, not each thing that is done meanwhile; the place in line says itself. */}
      <span class="visually-hidden" role="status">
        {look === 'ready' && texts.terminal.ready}
        {look === 'shared' && texts.terminal.follows}
        {look === 'busy' && !isWaiting && texts.terminal.starting}
      </span>
    </div>
  );
}

function statusOf(run: LessonRun): { look: Look; text: string } {
  const { state } = run.link.state.value;
  const opening = run.opening.value.state;
  const setup = run.setup.value;
  if (opening === 'failed' || setup?.state === 'failed') return { look: 'trouble', text: '' };
  const cutOff = isCutOff(run.link.state.value);
  if (setup?.state === 'waiting' && opening === 'open' && !cutOff) {
    return { look: 'busy', text: waitingIn(setup) ? texts.terminal.waiting.status : texts.terminal.starting };
  }
  if (run.session.value?.time?.state === 'ended') return { look: 'trouble', text: '' };
  if (state === 'lost' || cutOff) return { look: 'trouble', text: '' };
  if (opening === 'open' && setup?.state === 'running') {
    return { look: 'busy', text: texts.terminal.preparing({ doing: setup.doing }) };
  }
  if (opening === 'opening') return { look: 'busy', text: texts.terminal.starting };
  if (state === 'connecting') return { look: 'busy', text: texts.terminal.connecting };
  if (run.link.follows.value) return { look: 'shared', text: texts.terminal.follows };
  return { look: 'ready', text: texts.terminal.ready };
}
