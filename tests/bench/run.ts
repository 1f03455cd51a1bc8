// `npm run bench [-- sandbox|checks|terminal|web|density|class] [--json]`: what a sandbox, a verdict and a terminal take, beside a
// baseline measured in the same run, and how many learners fit.

import { parseArgs } from 'node:util';
import { benchChecks } from './checks.ts';
import { benchClass } from './class.ts';
import { benchDensity } from './density.ts';
import { benchSandbox } from './sandbox.ts';
import { benchTerminal } from './terminal.ts';
import { benchWeb } from './web.ts';

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const json = process.argv.includes('--json');
const wants = (name: string) => asked.length === 0 || asked.includes(name);

if (wants('sandbox')) await benchSandbox({ json, ...numbersOf('samples') });
if (wants('checks')) await benchChecks(json);
if (wants('terminal')) await benchTerminal({ json, ...terminalWords() });
if (wants('web')) await benchWeb({ json, ...numbersOf('samples') });
// Only where they are asked for: they take all of the machine.
if (asked.includes('density')) await benchDensity({ json, ...densityWords() });
if (asked.includes('class')) await benchClass({ json, ...classWords() });

/** `--learners=120 --minutes=3`. */
function densityWords(): { learners: number; minutes: number } {
  return { learners: 20, minutes: 3, ...numbersOf('learners', 'minutes') };
}

/** `--learners=30 --minutes=3 --step-seconds=60`. */
function classWords(): { learners: number; minutes?: number; stepSeconds?: number } {
  const { 'step-seconds': stepSeconds, ...rest } = numbersOf('learners', 'minutes', 'step-seconds');
  return { learners: 60, ...rest, ...(stepSeconds && { stepSeconds }) };
}

/** Less of it, for a first look: `--rounds=1 --keys=100 --mebibytes=8 --only=product,bridge`. */
function terminalWords(): { rounds?: number; keys?: number; mebibytes?: number; only?: string[] } {
  const { values } = parseArgs({ options: { only: { type: 'string' } }, strict: false });
  return {
    ...numbersOf('rounds', 'keys', 'mebibytes'),
    ...(typeof values.only === 'string' ? { only: values.only.split(',') } : {}),
  };
}

/** Those that are there and greater than nought. */
function numbersOf<Name extends string>(...names: Name[]): Partial<Record<Name, number>> {
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    strict: false,
  });
  const given = names.filter((name) => Number(values[name]) > 0).map((name) => [name, Number(values[name])]);
  return Object.fromEntries(given) as Partial<Record<Name, number>>;
}
