// Tests of what is said of a request that isn't quite the one that a step asks for, by what curl and the screen show.

import { describe, expect, test } from 'vitest';
import { type Scene, verdict } from './test-world.ts';

const type = 'application/vnd.docker.distribution.manifest.v2+json';
const base = 'http://localhost:5000/v2';
const url = `${base}/mynginx/manifests/1.0`;
const manifest = { url, accept: type, output: '"schemaVersion": 2' };
const catalog = { url: `${base}/_catalog`, output: '"mynginx"' };
const page = { url: 'http://localhost:8080/', output: 'nginx' };
const accept = `-H 'Accept: ${type}'`;

const said = (params: unknown, line: string, exitCode = 0, output = '', scene: Scene = {}) =>
  verdict('request', params, { ...scene, commands: [[line, exitCode, output]] });

describe('the answer decides', () => {
  test.each([
    `A='Accept: ${type}'; curl -s -H "$A" ${url} | head -3`,
    `T=${type}; curl -s -H "Accept: $T" ${url}`,
    `curl -s "\${H[@]}" ${url}`,
    `curl -s $H ${url}`,
  ])('%s', async (line) => {
    expect(await said(manifest, line, 0, '"schemaVersion": 2,')).toBe('pass');
    expect(await said(manifest, line, 0, '"schemaVersion": 1,')).toContain('You got the old format, schema 1');
    const head = { url, accept: type, method: 'HEAD' };
    const asksHead = line.replace('curl -s', 'curl -sI');
    expect(await said(head, asksHead, 0, `Content-Type: ${type}`)).toBe('pass');
    expect(await said(head, asksHead, 0, 'Content-Type: x.manifest.v1+prettyjws')).toContain('You got the old format');
  });

  test('schema 1 is only claimed where it is shown', async () => {
    expect(await said(manifest, `curl -s ${url} | jq .config`, 0, 'null')).toBe(
      `Without an Accept header this registry answers in the old format, schema 1. Say which format you accept: \`${accept}\`.`,
    );
    expect(await said(manifest, `curl -s ${url}`, 0, '{"errors":[{"code":"MANIFEST_UNKNOWN"')).toContain('no such tag');
  });
});

describe('an address as curl mends it', () => {
  test.each([
    'http:/localhost:5000/v2/_catalog',
    'http:///localhost:5000/v2/_catalog',
    'HTTP:/127.0.0.1:5000/v2/_catalog',
  ])('%s', async (typed) => expect(await said(catalog, `curl ${typed}`, 0, '["mynginx"]')).toBe('pass'));
  test('also with a user', async () => {
    const asked = { ...catalog, user: 'alice' };
    expect(await said(asked, 'curl http:/alice:x@localhost:5000/v2/_catalog', 0, '["mynginx"]')).toBe('pass');
  });
});

test.each<[unknown, string, number, string, string]>([
  [catalog, `curl ${base}/_Catalog`, 0, '404', 'Capitals count in a path, and yours is `/v2/_Catalog`.'],
  [catalog, `curl ${base}//_catalog`, 0, '', 'Two `/` stand side by side in `/v2//_catalog`;'],
  [catalog, `curl ${base}/_catalogue`, 0, '404', `You asked for \`${base}/_catalogue\`; this step asks for`],
  [catalog, `curl ${base}/catalog`, 0, '404', "The catalog's path has an underscore"],
  [catalog, `curl ${base}/_catalog`, 0, '{"repositories":[]}\n', 'The registry answered, and it is empty'],
  [catalog, `curl ${base}/_catalog`, 0, '{"repositories":["a"]}\n', 'its list lacks what this step looks for'],
  [catalog, `curl ${base}/_catalog > page.html`, 0, '', 'leave out the `>` and what stands behind it'],
  [catalog, `curl ${base}/_catalog 2>&1 >x`, 0, '', 'leave out the `>`'],
  [catalog, `curl ${base}/_catalog 2>/dev/null`, 0, '', "the answer isn't what this step looks for"],
  [catalog, `curl ${base}/_catalog | grep foo`, 1, '', '`grep` found nothing of that kind in the answer.'],
  [catalog, `curl ${base}/_catalog | jqq`, 127, 'x', 'The shell knows no program `jqq`; you probably mean `jq`.'],
  [catalog, `curl ${base}/_catalog | jq .[`, 3, 'jq: error', '`jq`, the last program of your line, ended with'],
  [catalog, `curl ${base}/_catalog`, 56, '', 'curl ended with exit code `56`.'],
  [manifest, `curl ${accept} ${base}/mynginx/manifests/`, 0, '404', 'Behind `/manifests/` the tag is missing;'],
  [manifest, `curl -s -h 'Accept: ${type}' ${url}`, 0, 'Usage: curl', 'You asked curl for its help.'],
  [manifest, `curl -H Accept: ${type} ${url}`, 0, '', `quotes around it: \`-H 'Accept: ${type}'\`.`],
  [
    manifest,
    `curl -H 'Accept ${type}' ${url}`,
    0,
    '',
    `stands a colon, \`Accept: …\`, and yours is \`Accept ${type}\`.`,
  ],
  [manifest, `curl -H 'Acept: ${type}' ${url}`, 0, '', 'You typed `Acept`, and probably mean `Accept`.'],
  [manifest, `curl -H 'Content-Type: ${type}' ${url}`, 0, '', '`Content-Type` tells what you send.'],
])('%j: %s', async (params, line, exitCode, output, says) =>
  expect(
    await said(params, line, exitCode, output, { containers: [{ ports: [{ hostPort: 5000, containerPort: 5000 }] }] }),
  ).toContain(says),
);

test('a password behind a space is neither asked nor told', async () => {
  const asked = { ...catalog, user: 'alice' };
  for (const user of ['alice: s3cret', 'alice s3cret', 'alice :s3cret']) {
    expect(await said(asked, `curl -u ${user} ${catalog.url}`, 0, '"UNAUTHORIZED"')).toBe(
      '`-u` takes user and password as one word, without a space: `-u alice:…`.',
    );
  }
});

describe('nothing answers', () => {
  const web = (hostPort: number | null, state: 'running' | 'exited' = 'running') => ({
    name: 'web',
    image: 'localhost:5000/mynginx:1.0',
    state,
    ports: hostPort === null ? [] : [{ hostPort, containerPort: 80 }],
  });
  const registry = { ports: [{ hostPort: 5000, containerPort: 5000 }] };
  const refused = (...containers: NonNullable<Scene['containers']>) =>
    said(page, 'curl http://localhost:8080/', 7, '', { containers });
  test.each([
    [
      web(8081),
      '`web` publishes port `8081` instead. Remove it with `docker rm -f web` and start it again with `-p 8080:80`.',
    ],
    [web(null), '`web` runs, but publishes no port. Remove it with `docker rm -f web` and start it again with `-p`.'],
    [web(null, 'exited'), 'the container `web` is stopped. Start it with `docker start web`.'],
  ])('%j', async (container, says) =>
    expect(await refused(registry, container)).toBe(`Nothing answers at \`localhost:8080\`: ${says}`),
  );
  test('then, but now', async () => {
    expect(await refused(registry, web(8080))).toContain('Now `web` publishes that port: ask again.');
    expect(await refused(registry)).toContain('Look at `docker ps -a`: is the container running?');
  });
  test('a registry is spoken of as one, also in a silent pipe', async () => {
    const containers = [{ ...registry, state: 'exited' as const, ports: [] }, web(8080)];
    expect(await said(catalog, `curl -s ${catalog.url} | jq .`, 0, '', { containers })).toBe(
      'Nothing answers at `localhost:5000`: the container `registry` is stopped. Start it with `docker start registry`.',
    );
  });
});
