// Tests of the predicates that look at Docker's logins, and at registries that ask for one.

import { describe, expect, test } from 'vitest';
import { type Scene, verdict } from './test-world.ts';

const host = 'localhost:5000';
const hub = 'https://index.docker.io/v1/';
const auth = (user: string) => ({ auth: Buffer.from(`${user}:s3cret`).toString('base64') });
const logins = (auths: Record<string, unknown>, more: object = {}): Scene => ({
  files: { '~/.docker/config.json': JSON.stringify({ auths, ...more }) },
});

describe('login.in', () => {
  const into = (registry: string, scene: Scene, user?: string) => verdict('login.in', { registry, user }, scene);

  test('what the file says counts', async () => {
    expect(await into(host, logins({ [host]: auth('alice') }), 'alice')).toBe('pass');
    expect(await into(host, logins({ [`http://${host}/v2/`]: auth('alice') }))).toBe('pass');
    expect(await into('docker.io', logins({ [hub]: auth('learner') }), 'learner')).toBe('pass');
    expect(await into(host, logins({ [host]: {} }, { credsStore: 'desktop' }), 'alice')).toBe('pass');
    expect(await into(host, logins({ [host]: {} }))).toContain("You aren't logged in");
    expect(await into(host, {})).toBe(
      "You aren't logged in; this step asks for a login to `localhost:5000`: `docker login localhost:5000`.",
    );
    expect(await into(host, logins({ [host]: auth('bob') }), 'alice')).toContain(
      'as `bob`; this step asks for the user `alice`',
    );
  });

  test.each<[string, Scene, string]>([
    [
      'at Docker Hub',
      { ...logins({ [hub]: auth('learner') }), commands: [['docker login', 0]] },
      'That was a login to Docker Hub',
    ],
    [
      'at Docker Hub, refused',
      { commands: [['docker login -u alice', 1, 'unauthorized: incorrect username or password']] },
      'because no address was given',
    ],
    [
      'at another name',
      { ...logins({ '127.0.0.1:5000': auth('alice') }), commands: [['docker login 127.0.0.1:5000']] },
      '`127.0.0.1:5000` is the same computer, but credentials are kept per name',
    ],
    ['at another name, before', logins({ '127.0.0.1:5000': auth('alice') }), 'credentials are kept per name'],
    ['at another port', { commands: [['docker login localhost:500', 1]] }, 'That was the registry at `localhost:500`'],
    ['at the web site', { commands: [['docker login hub.docker.com', 1]] }, 'is a web site'],
    ['at Docker Hub, before', logins({ [hub]: auth('learner') }), 'You are logged in to `Docker Hub`'],
    ['nowhere', { files: { '~/.docker/config.json': '{"auths":' } }, "isn't valid JSON"],
  ])('%s', async (_, scene, says) => expect(await into(host, scene)).toContain(says));

  test('no secret is told, whatever the file holds', async () => {
    for (const auths of [
      { [host]: auth('bob') },
      { other: auth('bob') },
      [],
      'x',
      { [host]: 5 },
      { [host]: { auth: '\u0000:s3cret' } },
    ]) {
      expect(await into(host, logins(auths as never), 'alice')).not.toContain('s3cret');
    }
  });

  test('the practice account on Docker Hub', async () => {
    const refused: Scene = { commands: [['docker login', 1, 'unauthorized: incorrect username or password']] };
    expect(await into('docker.io', refused)).toContain('Take the practice account that the lesson shows');
    expect(await into('docker.io', { commands: [[`docker login ${host}`, 0]] })).toContain(
      'That was the registry at `localhost:5000`; this step asks for a login to Docker Hub: `docker login`.',
    );
  });
});

describe('login.out', () => {
  const out = (registry: string, scene: Scene) => verdict('login.out', { registry }, scene);

  test('the entry is gone', async () => {
    expect(await out(host, {})).toBe('pass');
    expect(await out(host, logins({ [hub]: auth('a') }))).toBe('pass');
    const still = logins({ [host]: auth('alice') });
    expect(await out(host, still)).toBe(
      'You are still logged in: `localhost:5000` is still in `~/.docker/config.json`; this step asks for `docker logout localhost:5000`.',
    );
    expect(await out(host, { ...still, commands: [['docker logout', 0]] })).toMatch(/^That's Docker Hub/);
    expect(await out(host, { ...still, commands: [['docker logout 127.0.0.1:5000', 0]] })).toContain('another name');
  });
});

describe('registry.auth', () => {
  const asked = (scene: Scene) =>
    verdict('registry.auth', { registry: host, user: 'alice', password: 's3cret' }, scene);
  const registries = { [host]: {} };

  test('nobody without, this user with', async () => {
    expect(await asked({ registries, login: 'alice:s3cret' })).toBe('pass');
    expect(await asked({ registries })).toContain('lets everybody in');
    const other = await asked({ registries, login: 'alice:other' });
    expect(other).toContain("doesn't take the user `alice`");
    expect(other).not.toContain('s3cret');
    expect(await asked({})).toContain('no registry runs');
  });
});

describe('a registry that asks for a login', () => {
  const tag = { registry: host, repository: 'mynginx', tag: '1.0' };
  const scene: Scene = { registries: { [host]: { 'mynginx:1.0': 'a' } }, login: 'alice:s3cret' };

  test('is asked with user and password', async () => {
    expect(await verdict('registry.tag', { ...tag, user: 'alice', password: 's3cret' }, scene)).toBe('pass');
    expect(await verdict('registry.tag', { ...tag, user: 'alice', password: 'nope' }, scene)).toContain(
      "doesn't take the user",
    );
    expect(await verdict('registry.tag', tag, scene)).toContain('asks for a login');
  });

  test('a push under another name of this computer', async () => {
    const push: Scene = {
      ...scene,
      registries: { [host]: {} },
      images: { 'localhost:5000/mynginx:1.0': 'a', '127.0.0.1:5000/mynginx:1.0': 'a' },
      commands: [['docker push 127.0.0.1:5000/mynginx:1.0', 1, 'no basic auth credentials']],
    };
    expect(await verdict('registry.tag', { ...tag, user: 'alice', password: 's3cret' }, push)).toContain(
      'Docker goes by names, for images and for credentials',
    );
  });
});

describe('request with a user', () => {
  const asked = { url: 'http://localhost:5000/v2/_catalog', user: 'alice' };
  const refused = '{"errors":[{"code":"UNAUTHORIZED"}]}';
  const said = (line: string, output = '{"repositories":[]}') =>
    verdict('request', asked, { commands: [[line, 0, output]] });

  test.each([
    'curl -u alice:s3cret http://localhost:5000/v2/_catalog',
    'curl -s --user alice http://localhost:5000/v2/_catalog',
    'curl http://alice:s3cret@localhost:5000/v2/_catalog',
    `curl -H 'Authorization: Basic ${auth('alice').auth}' http://localhost:5000/v2/_catalog`,
  ])('%s', async (line) => expect(await said(line)).toBe('pass'));

  test('nobody, somebody else, a wrong password', async () => {
    expect(await said('curl http://localhost:5000/v2/_catalog', refused)).toContain(
      "curl doesn't read what `docker login` keeps",
    );
    expect(await said('curl -u bob:x http://localhost:5000/v2/_catalog', refused)).toContain('You asked as `bob`');
    const wrong = await said('curl -u alice:nope http://localhost:5000/v2/_catalog', refused);
    expect(wrong).toContain('refused `alice` with that password');
    expect(wrong).not.toContain('nope');
  });
});

describe('the practice account on Docker Hub', () => {
  const asked = {
    registry: 'docker.io',
    repository: 'learner/alpine',
    tag: 'v1',
    user: 'learner',
    password: 'hubpass',
  };
  const said = (scene: Scene) => verdict('registry.tag', asked, { images: { 'learner/alpine:v1': 'a' }, ...scene });
  const denied = 'denied: requested access to the resource is denied';

  test('a push there, and none yet', async () => {
    expect(await said({ registries: { 'docker.io': { 'learner/alpine:v1': 'a' } } })).toBe('pass');
    expect(await said({ status: 'down' })).toBe(
      "`learner/alpine:v1` is on this machine, but Docker Hub doesn't have it yet. This step asks you to push it.",
    );
  });

  test.each<[string, string, string]>([
    ['docker push learner/alpine:v1', denied, 'nobody is logged in'],
    [
      'docker push myrepo/alpine:v1',
      denied,
      'the namespace `myrepo` of Docker Hub, and there your account may not push',
    ],
    ['docker push alpine:v1', denied, 'the official images of Docker Hub'],
    ['docker push localhost:5000/learner/alpine:v1', 'refused', 'this step asks for `learner/alpine:v1`'],
    ['docker push hub.docker.com/learner/alpine:v1', 'no such host', 'the registry behind it is `docker.io`'],
  ])('%s', async (line, output, says) =>
    expect(await said({ status: 'down', commands: [[line, 1, output]] })).toContain(says),
  );
});
