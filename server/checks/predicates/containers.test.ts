// Tests of the predicates that look at containers.

import { describe, expect, test } from 'vitest';
import { digest, outcomeOf, type Scene, verdict } from './test-world.ts';

const wanted = { name: 'registry', image: 'registry:2', publish: '5000:5000', detached: true };
const running = (scene: Scene) => verdict('container.running', wanted, scene);
const good = { ports: [{ hostPort: 5000, containerPort: 5000 }] };
const created = [{ kind: 'container' as const, action: 'create', id: 'c1' }];

describe('container.running', () => {
  test('as asked', async () => expect(await running({ containers: [good] })).toBe('pass'));

  test.each<[string, Scene, string]>([
    ['nothing', {}, 'This step asks for a container named `registry`'],
    [
      'other port',
      { containers: [{ ports: [{ hostPort: 5001, containerPort: 5000 }] }] },
      '`registry` runs, but on port `5001`; this step asks for `5000`.',
    ],
    ['no port', { containers: [{}] }, 'no port is published'],
    [
      'wrong container port',
      { containers: [{ ports: [{ hostPort: 5000, containerPort: 80 }] }] },
      'leads to port `80` inside',
    ],
    [
      'other image',
      { containers: [{ ...good, image: 'nginx:latest', imageId: 'x' }] },
      'is made from `nginx:latest`; this step asks for `registry:2`',
    ],
    ['attached', { containers: [{ ...good, attached: true }] }, 'it holds your terminal'],
    ['stopped', { containers: [{ state: 'exited' }] }, 'Start it with `docker start registry`'],
    [
      'invented name',
      { containers: [{ ...good, name: 'dreamy_dubinsky' }], events: created },
      'It runs under the name `dreamy_dubinsky` that Docker invented; this step asks for `registry`: `docker rename dreamy_dubinsky registry`.',
    ],
    [
      'invented name, no port',
      { containers: [{ name: 'dreamy_dubinsky' }], events: created },
      'this step asks for both',
    ],
    [
      'the inner port alone',
      { containers: [{ ports: [{ hostPort: 0, containerPort: 5000 }] }] },
      '`-p 5000` alone names the port inside `registry`, and Docker chose the outer one. This step asks for `-p 5000:5000`.',
    ],
    [
      'another port, which is taken',
      {
        containers: [
          { state: 'created', ports: [{ hostPort: 80, containerPort: 5000 }] },
          { id: 'c2', name: 'other', image: 'nginx', ports: [{ hostPort: 80, containerPort: 80 }] },
        ],
      },
      'Port `80` is taken by `other`, so `registry` was created but could not start. This step asks for `-p 5000:5000`.',
    ],
    [
      'port taken',
      { containers: [{ state: 'created' }, { ...good, id: 'c2', name: 'other', image: 'nginx' }] },
      '`other` already has port `5000`',
    ],
    ['created', { containers: [{ state: 'created' }] }, "was created, but it doesn't run"],
    ['paused', { containers: [{ state: 'paused' }] }, 'docker unpause registry'],
  ])('%s', async (_, scene, says) => expect(await running(scene)).toContain(says));

  test.each([
    ['was started again in the background', ['create', 'attach', 'start', 'die', 'start'], 'pass'],
    ['was created, then started', ['create', 'start'], 'pass'],
    ['was run in the foreground', ['create', 'attach', 'start'], 'it holds your terminal'],
  ])('one that %s', async (_, actions, says) => {
    const events = actions.map((action) => ({ kind: 'container' as const, action, id: 'c1' }));
    expect(await running({ containers: [{ ...good, attached: true }], events })).toContain(says);
  });

  const astray = ['registry', '-d', '-p', '5000:5000'];
  const line = 'docker run registry:2 -d -p 5000:5000';

  test('options after the image are spoken of while that command is the newest', async () => {
    const made = [{ name: 'a_b', state: 'exited' as const, command: astray }];
    const says = 'went to the program inside the container';
    expect(await running({ containers: made, commands: [[line, 1]] })).toContain(says);
    for (const later of ['docker run -d --name registry -p 5000:5000 localhost:5001/registry:2', 'docker rm registry'])
      expect(
        await running({
          containers: made,
          commands: [
            [line, 1],
            [later, 125],
          ],
        }),
      ).not.toContain(says);
  });

  test('where the container with the right name took them, no other error is hidden', async () => {
    const scene: Scene = { containers: [{ state: 'exited', command: astray }], commands: [['docker start registry']] };
    const outcome = await outcomeOf('container.running', wanted, scene);
    expect(outcome).toMatchObject({ message: expect.stringContaining('went to the program inside') });
    expect(outcome).not.toHaveProperty('specific');
  });

  test.each([
    ['-p 8080 :80', 'Between the two ports stands a colon, and no space, so Docker took `:80` for the image.'],
    ['-p 8080: 80', 'Between the two ports stands a colon, and no space, so Docker took `80` for the image.'],
    ['-p 8080-80', 'Between the two ports stands a colon: `-p 8080:80`, not `-p 8080-80`.'],
    ['-p 8080/80', 'Between the two ports stands a colon: `-p 8080:80`, not `-p 8080/80`.'],
    ['8080:80', 'Before the ports stands the option: `-p 8080:80`.'],
    ['-p 8080:80', 'This step asks for a container named `web`'],
  ])('typed %s', async (option, says) => {
    const params = { ...wanted, name: 'web', publish: '8080:80' };
    const commands: Scene['commands'] = [[`docker run -d --name web ${option} registry:2`, 125]];
    expect(await verdict('container.running', params, { commands })).toContain(says);
  });

  test('swapped ports', async () => {
    const swapped = { containers: [{ ports: [{ hostPort: 80, containerPort: 8080 }] }] };
    expect(await verdict('container.running', { ...wanted, publish: '8080:80' }, swapped)).toBe(
      'The two ports are swapped: first comes the outer one, then the one inside. This step asks for `-p 8080:80`. `docker rm -f registry` and start it again.',
    );
  });

  test.each([
    ['registry', 'is made from `registry`; this step asks for `localhost:5000/registry:2`'],
    ['localhost:5000/registry:2', 'pass'],
    [`localhost:5000/registry@${digest('9')}`, 'pass'],
    [`registry@${digest('9')}`, 'is made from'],
    ['0000', 'pass'],
    ['abcd', 'is made from `abcd`'],
  ])('made from %s, which is the same image', async (image, says) => {
    const images = { 'registry:latest': 'e', 'localhost:5000/registry:2': 'e' };
    const params = { ...wanted, image: 'localhost:5000/registry:2' };
    expect(await verdict('container.running', params, { images, containers: [{ ...good, image }] })).toContain(says);
  });

  test('another program than its own', async () => {
    const told = (command: string[]) =>
      verdict('container.running', { ...wanted, program: 'serve' }, { containers: [{ ...good, command }] });
    expect(await told(['/entry', 'serve', '/config.yml'])).toBe('pass');
    expect(await told(['/entry', 'sleep', '5'])).toBe(
      "`registry` was told to run `/entry sleep 5`, not `serve`; this step asks for the image's own program. `docker rm -f registry` and start it again, with nothing after the image.",
    );
  });

  test('it is specific after a run, and lets an error of another command be explained', async () => {
    const scene: Scene = { containers: [{ state: 'exited' }] };
    expect(
      await outcomeOf('container.running', wanted, { ...scene, commands: [['docker run registry:2', 125]] }),
    ).toHaveProperty('specific', true);
    expect(
      await outcomeOf('container.running', wanted, { ...scene, commands: [['dokcer ps', 127]] }),
    ).not.toHaveProperty('specific');
  });
});

describe('container.running with less or more', () => {
  const data = { name: 'registry', image: 'registry:2' };
  const volume = { kind: 'volume' as const, source: 'registry-data', destination: '/var/lib/registry' };
  const said = (params: object, details: Scene['details'] = {}) =>
    verdict('container.running', { ...data, ...params }, { containers: [{}], details });

  test('no port is asked for', async () => {
    expect(await said({})).toBe('pass');
    expect(await verdict('container.running', data, {})).toBe(
      'This step asks for a container named `registry`, made from `registry:2`; there is none yet.',
    );
  });

  test.each<[string, object[], string]>([
    ['right', [volume], 'pass'],
    ['none', [], 'has no named volume'],
    ['without a name', [{ ...volume, source: 'f'.repeat(64) }], 'has no named volume'],
    ['at another path', [{ ...volume, destination: '/data' }], 'is mounted at `/data`'],
    [
      'a folder',
      [{ ...volume, kind: 'bind', source: '/root/registry-data' }],
      'a path makes a folder, a plain name a volume',
    ],
    ['another volume', [{ ...volume, source: 'other' }], 'has the volume `other`'],
  ])('volume: %s', async (_, mounts, says) =>
    expect(
      await said({ volume: 'registry-data:/var/lib/registry' }, { registry: { mounts: mounts as never } }),
    ).toContain(says),
  );

  test('variables', async () => {
    const env = { REGISTRY_STORAGE_DELETE_ENABLED: 'true' };
    const given = (line: string) => said({ env }, { registry: { env: [line] } });
    expect(await given('REGISTRY_STORAGE_DELETE_ENABLED=true')).toBe('pass');
    expect(await given('REGISTRY_STORAGE_DELETE_ENABLED=false')).toContain('has another value');
    expect(await given('OTHER=true')).toContain('has no variable `REGISTRY_STORAGE_DELETE_ENABLED`');
  });
});

describe('container.restarted', () => {
  const restarted = (scene: Scene) => verdict('container.restarted', { name: 'registry' }, scene);
  const happened = (...actions: string[]) =>
    actions.map((action) => ({ kind: 'container' as const, action, id: 'c1', name: 'registry' }));

  test('stop, then start, of one container', async () => {
    expect(await restarted({ containers: [{}], events: happened('start', 'die', 'start') })).toBe('pass');
    expect(await restarted({ containers: [{}], events: happened('start') })).toContain("hasn't been stopped yet");
    expect(await restarted({ containers: [{ state: 'exited' }], events: happened('start', 'die') })).toContain(
      'docker start registry',
    );
    expect(await restarted({ containers: [{ id: 'c2' }], events: happened('start', 'die') })).toContain(
      'This is a new container',
    );
    expect(await restarted({})).toContain('No container is called `registry` any more');
  });
});

describe('registry.up', () => {
  const up = (scene: Scene) => outcomeOf('registry.up', { registry: 'localhost:5000' }, scene);

  test('up, coming, down', async () => {
    expect(await up({ registries: { 'localhost:5000': {} } })).toEqual({ state: 'pass' });
    expect(await up({ status: 'login-required' })).toEqual({ state: 'pass' });
    expect(await up({ status: 'not-a-registry' })).toMatchObject({ state: 'fail' });
    expect(await up({ containers: [good] })).toMatchObject({ state: 'notYet' });
    expect(await up({ containers: [{ state: 'exited' }] })).toMatchObject({
      state: 'fail',
      message: expect.stringContaining('is stopped'),
    });
    expect(await up({})).toMatchObject({ state: 'fail', message: expect.stringContaining('no registry runs') });
  });
});
