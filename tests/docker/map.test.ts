// The map follows a real engine and a real registry through pull, tag, push, rmi, delete and garbage collection: each
// time what the page was told is compared with what engine and registry themselves say.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { applied, type MapPicture, type MapThing, type MapThingOf, type RawAnswer } from '../../protocol/map.ts';
import type { ServerMessage } from '../../protocol/socket.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { docker } from '../support/raw-sandbox.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'the-round-trip';
const HOST = 'localhost:5000';
const CONFIG = '/etc/docker/registry/config.yml';
/** On two cores that do other things too; what was measured is printed. */
const FOLLOWS_MS = 2_000;

let server: TestServer;
let learner: Learner;
let terminal: LearnerTerminal;
let inside: (line: string) => Promise<string>;
/** The map as the page has it, after each message. */
const pictures: { atMs: number; picture: MapPicture }[] = [];

beforeAll(async () => {
  server = await TestServer.start();
  learner = new Learner(server);
  await learner.open(LESSON);
  terminal = await learner.terminal();
  await terminal.shows('# ');
  inside = insideOf(server);
  terminal.socket.on('message', (data: Buffer, binary: boolean) => {
    if (binary) return;
    const message = JSON.parse(data.toString('utf8')) as ServerMessage;
    if (message.type === 'map') pictures.push({ atMs: Date.now(), picture: message.picture });
    if (message.type === 'map-change') pictures.push({ atMs: Date.now(), picture: applied(picture(), message.change) });
  });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

const picture = () => pictures.at(-1)?.picture ?? {};
const all = <Kind extends MapThing['kind']>(kind: Kind) =>
  Object.values(picture()).filter((thing): thing is MapThingOf<Kind> => thing.kind === kind);
const named = (name: string, from = picture()) =>
  Object.values(from).find(
    (thing): thing is MapThingOf<'image'> => thing.kind === 'image' && thing.tags.includes(name),
  );
const tag = (repository: string, name: string, from = picture()) =>
  from[`tag ${HOST}/${repository}:${name}`] as MapThingOf<'tag'> | undefined;
const manifest = (digest: string) => picture()[`manifest ${HOST}/demo@${digest}`] as MapThingOf<'manifest'> | undefined;
const registryIs = (state: string) => all('registry').some((one) => one.host === HOST && one.state === state);

/** Types a line, and waits until the map tells this, and the same as engine and registry. */
async function type(line: string, holds: () => boolean): Promise<void> {
  terminal.type(`${line}\r`);
  await until(holds, `the map after ${line}`);
  let [map, world] = [told(), await real()];
  await until(async () => {
    [map, world] = [told(), await real()];
    return JSON.stringify(map) === JSON.stringify(world);
  }, 'the map to tell what is so').catch(() => {});
  expect(map).toEqual(world);
}

/** Images with names, digests and layers, containers, and which tag points at which manifest. */
function told() {
  const images = all('image').map(({ id, tags, digests, layers }) => [id, tags, digests, layers]);
  const containers = all('container').map(({ name, state, imageId }) => `${name} ${state} ${imageId}`);
  const tags = all('tag').flatMap((one) => (one.host === HOST ? [`${one.repository} ${one.name} ${one.digest}`] : []));
  return { images: images.sort(), containers: containers.sort(), tags: tags.sort() };
}

interface Inspected {
  Id: string;
  RepoTags: string[];
  RepoDigests: string[];
  RootFS: { Layers: string[] };
}

async function real() {
  const images = JSON.parse(
    await inside('docker images -q --no-trunc | sort -u | xargs docker image inspect'),
  ) as Inspected[];
  const containers = await inside(
    `docker ps -aq | xargs -r docker inspect -f '{{slice .Name 1}} {{.State.Status}} {{.Image}}'`,
  );
  const head = `curl -sI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json'`;
  const tags = await inside(`curl -s ${HOST}/v2/_catalog | jq -r '.repositories[]?' | while read r; do
    curl -s ${HOST}/v2/$r/tags/list | jq -r '.tags//[]|.[]' | while read t; do
      echo $r $t $(${head} ${HOST}/v2/$r/manifests/$t | tr -d '\\r' | sed -n 's/^docker-content-digest: //Ip'); done; done`);
  const lines = (text: string) => text.split('\n').filter(Boolean).sort();
  return {
    images: images.map((one) => [one.Id, one.RepoTags.sort(), one.RepoDigests.sort(), one.RootFS.Layers]).sort(),
    containers: lines(containers),
    tags: lines(tags),
  };
}

it('tells nothing to a page that does not show it, and all to one that does', async () => {
  expect(pictures).toEqual([]);
  expect((await learner.get(routes.mapRaw('engine'))).status).toBe(404);
  terminal.send({ type: 'map', shown: true });
  await until(() => registryIs('up'), 'the map');
  expect(named('registry:2')).toBeDefined();
  const { body, commands } = (await (await learner.get(routes.mapRaw('engine'))).json()) as RawAnswer;
  expect(JSON.parse(body ?? '')).toEqual(JSON.parse(await inside(commands[1] ?? '')));
});

it('follows an image around, to garbage collection', { timeout: 120_000 }, async () => {
  const deletable = '-e REGISTRY_STORAGE_DELETE_ENABLED=true';
  await type(
    `docker rm -f registry; docker run -d -p 5000:5000 --name registry ${deletable} registry:2`,
    () => registryIs('up') && all('container').some(({ ports }) => ports.some(({ hostPort }) => hostPort === 5000)),
  );
  await type('docker pull alpine:latest', () => named('alpine:latest') !== undefined);
  const alpine = named('alpine:latest');
  await type(`docker tag alpine ${HOST}/demo:v1`, () => named(`${HOST}/demo:v1`)?.id === alpine?.id);
  await type(`docker push ${HOST}/demo:v1`, () => tag('demo', 'v1') !== undefined);
  const digest = tag('demo', 'v1')?.digest ?? '';
  const pushed = manifest(digest);
  expect(pushed).toMatchObject({ state: 'served', odd: null, config: { digest: alpine?.id } });
  expect(pushed?.layers.map(({ diffId }) => diffId)).toEqual(alpine?.layers);
  const raw = (await (await learner.get(routes.mapRaw(`tag ${HOST}/demo:v1`))).json()) as RawAnswer;
  expect(raw.body).toBe(await inside(raw.commands[0] ?? ''));

  // A second tag is a second label on the same manifest.
  await type(`docker tag alpine ${HOST}/demo:v2; docker push ${HOST}/demo:v2`, () => tag('demo', 'v2') !== undefined);
  expect(tag('demo', 'v2')?.digest).toBe(digest);
  expect(all('manifest').filter(({ host }) => host === HOST)).toHaveLength(1);

  await type(`docker rmi ${HOST}/demo:v2`, () => named(`${HOST}/demo:v2`) === undefined);
  expect(named('alpine:latest')?.id).toBe(alpine?.id);
  await type(`docker rmi ${HOST}/demo:v1 alpine:latest`, () => named('alpine:latest') === undefined);
  expect(picture()[`image ${alpine?.id}`]).toBeUndefined();

  await type(`curl -s -X DELETE ${HOST}/v2/demo/manifests/${digest}`, () => manifest(digest)?.state === 'deleted');
  expect(manifest(digest)?.layers.every(({ served }) => served)).toBe(true);
  await type(`docker exec registry registry garbage-collect ${CONFIG}`, () => manifest(digest) === undefined);
  await type('docker stop registry', () => registryIs('down'));
  await measure();
});

it('asks nothing while nothing happens', async () => {
  const before = pictures.length;
  terminal.send({ type: 'map', shown: false });
  terminal.type('docker tag registry:2 unseen:1; echo en""ded\r');
  await terminal.shows('ended');
  await until(async () => (await inside('docker images -q unseen')) !== '', 'the name');
  // Positive control: shown again, it is there.
  expect(pictures).toHaveLength(before);
  terminal.send({ type: 'map', shown: true });
  await until(() => named('unseen:1') !== undefined, 'the map');
});

/** How long after the engine's event the page had the picture with what it says. */
async function measure(): Promise<void> {
  const format = '{{.TimeNano}} {{.Action}} {{.Actor.Attributes.name}} {{.Actor.ID}}';
  const events = await inside(`docker events --since 0 --until $(date +%s) --filter type=image --format '${format}'`);
  const after: number[] = [];
  for (const [nano, action, name = '', id] of events.split('\n').map((line) => line.split(' '))) {
    const atMs = Number(nano) / 1e6;
    const shows = (from: MapPicture) => {
      if (action === 'tag' || action === 'pull') return named(name, from) !== undefined;
      if (action === 'delete') return from[`image ${id}`] === undefined;
      return action === 'push' && (tag('demo', 'v1', from) !== undefined || tag('demo', 'v2', from) !== undefined);
    };
    const seen = pictures.find((one) => one.atMs >= atMs && shows(one.picture));
    if (['tag', 'pull', 'delete', 'push'].includes(action ?? '') && seen) after.push(Math.round(seen.atMs - atMs));
  }
  console.log(`the map followed ${after.length} events of the engine after ${after.join(', ')} ms`);
  expect(after.length).toBeGreaterThan(3);
  expect(Math.max(...after)).toBeLessThan(FOLLOWS_MS);
}

/** A line of `sh` as the learner's root. */
function insideOf({ dataDir }: TestServer): (line: string) => Promise<string> {
  using database = new DatabaseSync(join(dataDir, 'slipway.db'), { readOnly: true });
  const row = database.prepare('SELECT x.slot FROM sessions s JOIN sandboxes x ON x.id = s.sandbox').get();
  const container = `slipway-sandbox-${(row as { slot: number }).slot}`;
  return async (line) => {
    const { stdout } = await docker(['inspect', '-f', '{{json .Config.Env}}', container]);
    const uid = /SANDBOX_UID_BASE=(\d+)/.exec(stdout)?.[1];
    return (await docker(['exec', '-u', `${uid}:${uid}`, container, 'box', 'sh', '-c', line])).stdout;
  };
}
