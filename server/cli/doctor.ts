// `npm run doctor [-- --json]`: what Slipway needs of this machine, how it stands, and what to do; exit code 1 where a need fails.

import { readConfig } from '../config.ts';
import { allNeeds } from '../doctor/doctor.ts';
import { needText, summaryOf } from '../doctor/need.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { createProgress } from '../progress.ts';

try {
  const words = process.argv.slice(2);
  const json = words.includes('--json');
  const config = readConfig(
    words.filter((word) => word !== '--json'),
    process.env,
  );
  const needs = await allNeeds(config, createProgress(), (need) => json || console.log(needText(need)));
  console.log(json ? JSON.stringify(needs) : `\n${summaryOf(needs)}`);
  process.exit(needs.some(({ state }) => state === 'fail') ? 1 : 0);
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof SlipwayError) console.error(error.next);
  process.exit(1);
}
