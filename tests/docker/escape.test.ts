// Ways out of a sandbox, each tried by the learner as root in it and from a container that may do everything there; each with
// a positive control: the very same line works where nothing keeps it in.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker } from '../support/raw-sandbox.ts';
import { Scene } from '../support/scene.ts';
import { hostTries } from './escapes/host.ts';
import { kernelTries } from './escapes/kernel.ts';
import { linkTries } from './escapes/links.ts';
import { otherTries } from './escapes/others.ts';
import { type Ended, runAll, startNested } from './escapes/runner.ts';
import type { Place, Try } from './escapes/try.ts';

const everyTry: readonly Try[] = [...hostTries, ...kernelTries, ...otherTries];
const tries = everyTry.filter(({ when = true }) => when);
const SETS_UP_NEIGHBOUR = `
for file in /root /tmp /dev/shm /box /data; do echo "$SECRET" > $file/neighbour; done
setsid socat ABSTRACT-LISTEN:neighbours-own,fork SYSTEM:"echo $SECRET" >/dev/null 2>&1 &
printf 'HTTP/1.0 200 OK\\r\\n\\r\\n%s' "$SECRET" > /tmp/answer
setsid socat TCP-LISTEN:5000,fork,reuseaddr SYSTEM:'head -1 >/dev/null; cat /tmp/answer' >/dev/null 2>&1 &
perl -e 'shmget(0x5117, 64, 01666) // die $!'
docker pull -q alpine >/dev/null && docker tag alpine learner/mine && echo hubpass | docker login -u learner --password-stdin >/dev/null 2>&1 && docker push -q learner/mine >/dev/null
curl -sf -H "authorization: Basic $(printf learner:hubpass | base64)" "https://auth.docker.io/token?service=registry.docker.io&scope=repository:learner/mine:pull,push" | jq -r .token`;

let scene: Scene;
const ended = new Map<Place, Ended[]>();

beforeAll(async () => {
  scene = await Scene.open();
  const { SECRET } = scene.variables;
  const [neighbour, nested] = await Promise.all([
    scene.inside(scene.neighbour, `SECRET=${SECRET}; ${SETS_UP_NEIGHBOUR}`),
    scene.inside(scene.attacker, 'docker pull -q alpine').then(() => startNested(scene)),
  ]);
  void nested;
  if (neighbour.code !== 0) throw new Error(neighbour.stderr);
  const variables = { ...scene.variables, NEIGHBOUR_TOKEN: neighbour.stdout.trim() };
  const probes = tries.map(({ probe }) => probe);
  for (const place of ['world', 'nested', 'neighbour', 'granted'] as const) {
    // The container that nothing keeps in is asked for nothing but the controls.
    const lines = tries.map(({ probe, control }) => (place === control ? probe : 'true'));
    const isControl = place === 'neighbour' || place === 'granted';
    ended.set(place, await runAll(scene, place, isControl ? lines : probes, variables));
  }
});
afterAll(() => scene?.[Symbol.asyncDispose]());

it('tries at least forty', () => expect(tries.length).toBeGreaterThanOrEqual(40));

it('are told in docs/security.md, and no others', () => {
  const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const told = [
    ...(text
      .split('## What is tried')[1]
      ?.split('\n## ')[0]
      ?.matchAll(/^- (.*)$/gm) ?? []),
  ].map(([, name]) => name);
  expect(told.toSorted()).toEqual([...everyTry, ...linkTries].map(({ name }) => name).toSorted());
});

describe.each(tries.map((one, index) => ({ ...one, index })))('$name', ({ probe, control, index }) => {
  it.each(['world', 'nested'] as const)('is out of reach from %s', (place) => {
    const { code, said } = ended.get(place)?.[index] ?? {};
    expect(code, said).not.toBe(0);
  });

  it('is within reach where nothing is in the way', async () => {
    let last = typeof control === 'string' ? ended.get(control)?.[index] : undefined;
    if (typeof control !== 'string') {
      const { before, after = 'true', variables = {} } = control;
      const line = `${before}\n(${probe}); code=$?\n${after}\nexit $code`;
      [last] = await runAll(scene, 'world', [line], { ...scene.variables, ...variables });
    }
    expect(last?.code, last?.said).toBe(0);
  });
});

it.each(linkTries)('$name and stays inside', ({ run }) => run(scene));

it('has no process of the host’s own ids in any sandbox', async () => {
  const ids = async (container: string) => {
    const { stdout } = await docker(['top', container, '-eo', 'pid,uid']);
    const lines = stdout.trim().split('\n').slice(1);
    return new Set(lines.map((line) => Number(line.trim().split(/\s+/)[1])));
  };
  for (const { container, uidBase } of [scene.attacker, scene.neighbour]) {
    const found = [...(await ids(container))];
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(found.filter((uid) => !(uid >= uidBase && uid <= uidBase + 65_537))).toEqual([]);
  }
  expect(await ids(scene.granted)).toContain(0);
});
