// What a teacher sees of one learner's work: the commands that were typed, and each try with what its verdict rests on.

import type { Evidence } from '../../protocol/session.ts';
import { type Attempt, type LearnerWork, MOST_ATTEMPTS } from '../../protocol/work.ts';
import { withoutSecrets } from '../checks/secrets.ts';
import { SlipwayError } from '../errors.ts';
import { keptLine } from '../sessions/kept-command.ts';
import type { CommandStore } from '../store/command-store.ts';
import type { EvidenceStore } from '../store/evidence-store.ts';
import type { PersonRow } from '../store/people-store.ts';

export class Work {
  readonly #commands: CommandStore;
  readonly #evidence: EvidenceStore;

  constructor(commands: CommandStore, evidence: EvidenceStore) {
    this.#commands = commands;
    this.#evidence = evidence;
  }

  /** Nothing of one who has not begun. */
  of({ session }: PersonRow): LearnerWork {
    if (session === null) return { commands: [], attempts: [] };
    const attempts = this.#evidence.attempts(session, MOST_ATTEMPTS).map(({ id, lesson, step, evidence }): Attempt => {
      const { atMs, verdict, message, command } = evidence as Evidence;
      const line = command && keptLine(command.line);
      return { id, lesson, step, atMs, verdict, message: withoutSecrets(message), command: line };
    });
    return { commands: this.#commands.of(session), attempts };
  }

  /** What the verdict of an attempt rests on. Throws `no-attempt` where there is none of this learner. */
  evidence({ session }: PersonRow, attempt: number): Evidence {
    const found = session === null ? null : (this.#evidence.attempt(session, attempt) as Evidence | null);
    if (!found) {
      throw new SlipwayError('no-attempt', 'This learner has no such attempt any more.', {
        next: 'Open the learner again.',
        status: 404,
      });
    }
    const { command, facts } = found;
    return {
      ...found,
      message: withoutSecrets(found.message),
      command: command && {
        ...command,
        line: withoutSecrets(command.line),
        output: withoutSecrets(command.output),
      },
      facts: facts.map(({ asked, answer }) => ({ asked: withoutSecrets(asked), answer: withoutSecrets(answer) })),
    };
  }
}
