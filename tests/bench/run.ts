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

if (wants('sandbox')) await benchSandbox({ json, ...sandboxWords() });
if (wants('checks')) await benchChecks(json);
if (wants('terminal')) await benchTerminal({ json, ...terminalWords() });
if (wants('web')) await benchWeb({ json, ...sandboxWords() });
// Only where they are asked for: they take all of the machine.
if (asked.includes('density')) await benchDensity({ json, ...learnersWords(20) });
if (asked.includes('class')) await benchClass({ json, ...learnersWords(60) });

/** `--samples=5`, for a first look. */
function sandboxWords(): { samples?: number } {
  const { values } = parseArgs({ options: { samples: { type: 'string' } }, strict: false });
  return Number(values.samples) > 0 ? { samples: Number(values.samples) } : {};
}

/** `--learners=120 --minutes=3`. */
function learnersWords(usual: number): { learners: number; minutes: number } {
  const { values } = parseArgs({
    options: { learners: { type: 'string' }, minutes: { type: 'string' } },
    strict: false,
  });
  return { learners: Number(values.learners) || usual, minutes: Number(values.minutes) || 3 };
}

/** Less of it, for a first look: `--rounds=1 --keys=100 --mebibytes=8 --only=product,bridge`. */
function terminalWords(): { rounds?: number; keys?: number; mebibytes?: number; only?: string[] } {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      keys: { type: 'string' },
      mebibytes: { type: 'string' },
      only: { type: 'string' },
    },
    strict: false,
  });
  const numbers = (['rounds', 'keys', 'mebibytes'] as const).flatMap((name) => {
    const value = Number(values[name]);
    return value > 0 ? [[name, value]] : [];
  });
  return {
    ...Object.fromEntries(numbers),
    ...(typeof values.only === 'string' ? { only: values.only.split(',') } : {}),
  };
}
