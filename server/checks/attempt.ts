// Whether a finished command was an attempt at a step: `ls` or `cd` is not, and is met with silence.

import type { CommandRecord } from './types.ts';

const PROGRAMS = /(^|[\s;|&(/])(docker|curl|wget|jq|sha256sum|service|systemctl|dockerd)\b/;
const NOT_FOUND = 127;

export function isAttempt(command: CommandRecord): boolean {
  return command.exitCode === NOT_FOUND || PROGRAMS.test(command.line.slice(0, 4096));
}
