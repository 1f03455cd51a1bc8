// Tests of what is said where a blob, or a digest inside a manifest, was asked for in a wrong way.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { digest, outcomeOf, type Scene, verdict } from './test-world.ts';

const type = 'application/vnd.docker.distribution.manifest.v2+json';
const base = 'http://localhost:5000/v2';
const manifest = `${base}/mynginx/manifests/1.0`;
const accept = `-H 'Accept: ${type}'`;
const registries = { 'localhost:5000': { 'mynginx:1.0': 'a' } };
const version = { registry: 'localhost:5000', repository: 'mynginx', tag: '1.0' };
const config = { ...version, output: '80/tcp' };
const noPage = '404 page not found\n';

const said = (check: string, params: unknown, ...commands: NonNullable<Scene['commands']>) =>
  verdict(check, params, { registries, commands });

describe('config.shown', () => {
  const asks = `This step asks you to fetch the config, a blob, and to look into it: \`curl -s ${base}/mynginx/blobs/\` and behind it the digest that stands in the manifest under \`config\`.`;
  const blob = `curl -s ${base}/mynginx/blobs`;

  test.each([`${blob}/${digest('a')}`, `${blob}/$digest | jq .`, `curl -s $R/blobs/$d`])('%s', async (line) => {
    expect(await said('config.shown', config, [line, 0, '"80/tcp": {}'])).toBe('pass');
    expect(await said('config.shown', config, [line, 1, '"80/tcp": {}'])).not.toBe('pass');
    expect(await said('config.shown', config, [line, 0, '{}'])).not.toBe('pass');
  });

  test.each<[string, string, string, number?]>([
    [`${blob}/sha256:607a24027a26`, '"DIGEST_INVALID"', 'and yours has 12: `sha256:607a24027a26`. Copy all of it.'],
    [`${blob}/${'6'.repeat(64)}`, noPage, 'A digest begins with `sha256:`.'],
    [`${blob}/${digest('a').toUpperCase()}`, noPage, 'A digest is written in lower case'],
    [`${blob}/`, noPage, 'Behind `/blobs/` the digest is missing'],
    [`${blob}/$digset`, noPage, 'What stands in `$digset` is no whole digest'],
    [`${blob}/\${digest:7}`, noPage, 'What the shell puts in there is no whole digest'],
    [`${blob}/"\${digest#sha256:}"`, noPage, 'What the shell puts in there is no whole digest'],
    [`${blob}/$(jq x)`, noPage, 'What the inner command printed is no whole digest'],
    [`curl ${base}/mynginx/blob/$d`, noPage, 'Blobs are found under `/blobs/`'],
    [`curl ${base}/mynginx/manifests/$d`, '', 'Under `/manifests/` are manifests only.'],
    [`curl ${base}/myalpine/blobs/$d`, '', 'You asked for the repository `myalpine`'],
    ['curl localhost:5000/mynginx/blobs/$d', noPage, 'Each path of the API begins with `/v2/`'],
    ['curl https://localhost:5000/v2/mynginx/blobs/$d', '', 'Use `http://`.', 35],
    ['curl localhost:5001/v2/mynginx/blobs/$d', '', 'You asked port `5001`', 7],
    [`${blob}/${digest('1a')}`, '', "That is the manifest's own digest, and no blob has it."],
    [
      `${blob}/$d`,
      `{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown to registry","detail":"${digest('1a')}"}]}`,
      "That is the manifest's own digest, and no blob has it.",
    ],
    [`${blob}/${digest('2a')}`, 'PK', "That is a layer's digest"],
    [`${blob}/${digest('9')}`, '', "isn't the digest of this image's config."],
    [`curl -sI ${base}/mynginx/blobs/$d`, 'HTTP/1.1 200 OK', '`-I` fetches the headers only'],
    [`${blob}/$d | jq .conf`, 'null', 'there is nothing at `.conf`.'],
    [`${blob}/$d | jq conf`, 'jq: error', 'begins with a dot: `.conf`, not `conf`.', 3],
    [`${blob}/${digest('a')} > x`, '', 'leave out the `>`'],
    [`${blob}/${digest('a')} | head -c 9`, '{"architec', 'Let `jq .` show all of it.'],
    [`curl -h ${accept} ${base}/mynginx/blobs/$d`, 'Usage: curl', 'You asked curl for its help.'],
  ])('%s', async (line, output, says, exitCode = 0) => {
    expect(await said('config.shown', config, [line, exitCode, output])).toContain(says);
    expect(await said('config.shown', config, [line, exitCode, output], ['docker stop registry'])).toBe(asks);
  });

  test('on the way to it nothing more is said than what the step asks for', async () => {
    expect(await said('config.shown', config)).toBe(asks);
    expect(await said('config.shown', config, [`digest=$(curl -s ${accept} ${manifest} | jq -r .config.digest)`])).toBe(
      asks,
    );
    const scene: Scene = { registries, commands: [[`${blob}/sha256:1`, 0, '']] };
    expect(await outcomeOf('config.shown', config, scene)).toHaveProperty('specific', true);
  });
});

describe('digest.shown by a request', () => {
  const wanted = { ...version, of: 'config', by: 'request' };
  test.each([
    [`curl -s ${accept} ${manifest} | jq -r .config.digest`, 'pass'],
    ['docker manifest inspect --insecure localhost:5000/mynginx:1.0', 'pass'],
    ['docker images --no-trunc', 'told by this computer'],
    ['docker inspect nginx', 'told by this computer'],
    [`curl -s http://localhost:5001/x; docker inspect nginx`, 'told by this computer'],
  ])('%s', async (line, says) => expect(await said('digest.shown', wanted, [line, 0, digest('a')])).toContain(says));

  test.each<[string, string, string, number?]>([
    [`curl -s ${manifest} | jq -r .config.digest`, 'null', 'this registry answers in the old format, schema 1'],
    [`curl -s -H 'Acept: ${type}' ${manifest} | jq .config`, 'null', 'You typed `Acept`'],
    [`curl -s -H "$A" ${manifest} | jq -r .config.digset`, 'null', 'there is nothing at `.config.digset`.'],
    [`curl -s ${accept} ${manifest} | jq -r .digest`, 'null', 'there is nothing at `.digest`.'],
    [`curl -s ${accept} ${manifest} | jq -r config.digest`, '', '`.config.digest`, not `config.digest`.', 3],
    [`curl -s ${accept} ${manifest} | jq .[`, '', "`jq` can't read `.[`.", 3],
    [`curl -s ${accept} ${manifest} | jqq`, '', 'you probably mean `jq`', 127],
    [`curl -sI ${accept} ${manifest} | jq .`, 'parse error', '`-I` fetches the headers only', 4],
    [`curl -s ${accept} ${base}/mynginx/manifests/2.0 | jq .config`, 'null', 'You asked for the manifest of `2.0`'],
    [`curl -s ${accept} http://localhost:5001/v2/mynginx/manifests/1.0`, '', 'You asked port `5001`', 7],
  ])('%s', async (line, output, says, exitCode = 0) => {
    expect(await said('digest.shown', wanted, [line, exitCode, output])).toContain(says);
    expect(await said('digest.shown', wanted, [line, exitCode, output], ['dokcer', 127])).toBe(
      "This step asks you to show the config's digest of `mynginx:1.0`.",
    );
  });
});

describe('digest.shown by sha256sum', () => {
  const wanted = { ...version, of: 'layer', by: 'sha256sum' };
  const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -\n';
  test.each([
    [`curl -sI ${base}/mynginx/blobs/$L | sha256sum`, nothing, 'so the bytes of the layer never came.'],
    [`curl -s ${base}/mynginx/blobs/$L | sha256sum`, nothing, 'That is the hash of nothing'],
    [`curl -s https://localhost:5000/v2/mynginx/blobs/$L | sha256sum`, nothing, 'Use `http://`.'],
    ['curl -s localhost:5001/v2/mynginx/blobs/$L | sha256sum', nothing, 'You asked port `5001`'],
    [`curl -s ${base}/mynginx/blob/$L | sha256sum`, nothing, 'Blobs are found under `/blobs/`'],
    [`curl -s ${base}/mynginx/manifests/$L | sha256sum`, nothing, 'Under `/manifests/` are manifests only.'],
    [`curl -s ${base}/mynginx/blobs/sha256:12 | sha256sum`, nothing, 'yours has 2: `sha256:12`. Copy all of it.'],
    [`curl -s ${base}/mynginx/blobs/${digest('2a')} | md5sum`, '12  -', '`md5sum` computes another kind of hash'],
    [`curl -s ${base}/mynginx/blobs/${digest('2a')} | sha1sum`, '12  -', '`sha1sum` computes another kind of hash'],
  ])('%s', async (line, output, says) => expect(await said('digest.shown', wanted, [line, 0, output])).toContain(says));

  test('the hash of the answer that there is no such page', async () => {
    const hash = `${createHash('sha256').update(noPage).digest('hex')}  -\n`;
    expect(await said('digest.shown', wanted, [`curl -s ${base}/mynginx/blobs/$L | sha256sum`, 0, hash])).toContain(
      'What stands in `$L` is no whole digest',
    );
  });
});
