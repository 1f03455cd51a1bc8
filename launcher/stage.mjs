// One line for each stage of the launcher, on stderr; a live one at a terminal.

import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Shows that `name` is under way. The answer ends it with a tick and the elapsed time; `null` ends it without a line. */
export function stage(name) {
  const startedAtMs = Date.now();
  // Written by descriptor: process.stderr would set the terminal up for us, and it is the entry's soon.
  const live = isatty(2);
  const seconds = () => ((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(6);
  const draw = () => writeSync(2, `\r  … ${name.padEnd(28)} ${seconds()} s`);
  if (live) draw();
  const timer = live ? setInterval(draw, 200) : undefined;
  return (done) => {
    clearInterval(timer);
    if (live) writeSync(2, '\r\x1b[K');
    if (done !== null) writeSync(2, `  ✓ ${done.padEnd(28)} ${seconds()} s\n`);
  };
}
