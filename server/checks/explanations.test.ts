// Tests that real error messages are explained, and that hostile output is met in bounded time.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explain, explanationIds } from './explanations.ts';

const daemon = 'Error response from daemon:';

/** For each explanation an error as the real programs printed it. */
const examples: Record<string, string> = JSON.parse(
  readFileSync(new URL('./explanations/captured.json', import.meta.url), 'utf8'),
);

test('every explanation has an example', () => {
  expect(Object.keys(examples).toSorted()).toEqual(explanationIds.toSorted());
});

describe('explain', () => {
  test.each(Object.entries(examples))('%s', (id, output) => {
    const explanation = explain(output);
    expect(explanation?.id).toBe(id);
    expect(explanation?.message).not.toMatch(/\{\d\}|undefined|``/);
    expect(explain(`progress…\n`.repeat(200) + output)?.id).toBe(id);
    expect((explanation?.message.split('`').length ?? 0) % 2).toBe(1);
  });

  test('what is not known has none', () => {
    expect(explain('')).toBeNull();
    expect(explain('all is well\n')).toBeNull();
  });

  test('the message has the names', () => {
    expect(explain(examples['hub-unknown-repo'] as string)?.message).toBe(
      'Docker Hub has no public repository called `ngnix` (it never says whether a private one exists). ' +
        'Check the spelling; if it is your own image, put the registry in front: `localhost:5000/ngnix`.',
    );
    expect(explain(`docker: ${daemon} manifest for registry:3 not found: manifest unknown.`)?.message).toContain(
      'no tag `3` in `registry`',
    );
  });

  test.each([
    ['Invalid containerPort: 99999.', 'port-invalid'],
    ['Invalid containerPort: 8080.80.', 'port-format'],
    ['Invalid proto: 80.', 'port-format'],
    ['No port specified: 8080:<empty>.', 'port-format'],
  ])('%s', (said, id) => expect(explain(`docker: ${said}\nSee 'docker run --help'.\n`)?.id).toBe(id));

  test('also where jq has written the answer anew', () => {
    expect(explain('{\n  "errors": [\n    {\n      "code": "NAME_UNKNOWN"')?.id).toBe('api-name-unknown');
  });

  test('names cannot break out of their backticks', () => {
    const message = explain(`bash: \`a\u0007\`${'b'.repeat(200)}: command not found`)?.message ?? '';
    expect(message).toMatch(/^The shell knows no program `ab+…`\. Check the spelling\.$/);
  });
});

test('what was probably meant', () => {
  expect(explain('-bash: dokcer: command not found')?.message).toBe(
    'The shell knows no program `dokcer`; you probably mean `docker`.',
  );
  expect(explain("docker: 'psuh' is not a docker command.")?.message).toBe(
    '`docker` has no command `psuh`; you probably mean `push`.',
  );
  expect(explain("docker: 'log' is not a docker command.")?.message).toContain('mean `logs`');
  expect(explain("docker: 'imges' is not a docker command.")?.message).toContain('mean `images`');
  expect(explain('-bash: frobnicate: command not found')?.message).toContain('Check the spelling.');
});

test('an upper-case name is told before the general complaint', () => {
  const output = 'invalid reference format: repository name (library/Nginx) must be lowercase';
  expect(explain(output)?.message).toBe(
    "Repository names are lower-case; `library/Nginx` isn't. Use lower case (tags may have capitals).",
  );
});

test('hostile output of 64 KiB is read in bounded time', () => {
  const seeds = Object.values(examples).flatMap((text) => [
    text.slice(0, -3),
    text.slice(0, Math.ceil(text.length / 2)),
    text.split(/\s/)[0] ?? '',
  ]);
  const seams = ['', ' ', '\n', ':', 'a'];
  seeds.push('a', ':', '(', ' ', '/', 'lookup a on b: read udp ', 'manifest for a:', 'unable to delete a (must');
  let slowest = 0;
  for (const seed of seeds) {
    for (const seam of seams) {
      const unit = seed + seam;
      if (unit === '') continue;
      const output = unit.repeat(Math.ceil((64 * 1024) / unit.length)).slice(0, 64 * 1024);
      const start = performance.now();
      explain(output);
      slowest = Math.max(slowest, performance.now() - start);
    }
  }
  expect(slowest).toBeLessThan(1_000);
});
