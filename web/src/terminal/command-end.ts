// How a command ended, in words.

import { duration } from '../amounts.ts';
import { texts } from '../texts.ts';
import type { ShellCommand } from './shell-commands.ts';

const words = texts.command;

type Ended = Pick<ShellCommand, 'running' | 'exitCode' | 'seconds'>;

/** All that is known. */
export function endText({ running, exitCode, seconds }: Ended): string {
  if (running) return words.running;
  const end = exitCode === null ? words.unknownCode : words.exitCode({ code: exitCode });
  return seconds === null ? end : words.took({ end, time: duration(seconds) });
}

/** Beside the command: what is worth a look; empty where nothing is. */
export function remarkText({ running, exitCode, seconds }: Ended): string {
  if (running) return '';
  const parts = exitCode ? [words.exitCode({ code: exitCode })] : [];
  if (seconds !== null && seconds >= 1) parts.push(duration(seconds));
  return parts.join(' · ');
}
