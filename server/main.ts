// `npm start`: reads the settings, starts every part, listens, and shuts down; imports all, is imported by none.

import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { visible } from './checks/quoted.ts';
import { greeting, networkAddresses } from './classes/greeting.ts';
import { roomOf } from './classes/room.ts';
import { Webhook, webhookView } from './classes/webhook.ts';
import { type Config, helpText, readConfig } from './config.ts';
import { quickNeeds } from './doctor/doctor.ts';
import { needText } from './doctor/need.ts';
import { messageOf, SlipwayError, systemCode } from './errors.ts';
import { Access, accessToken, isLoopback } from './http/access.ts';
import { createApp } from './http/app.ts';
import { followCertificate, nameFor, type OwnCertificate, readCertificate } from './http/certificate.ts';
import { ensurePage } from './http/page.ts';
import { rendering } from './http/rendering.ts';
import { type Sockets, serveSockets } from './http/upgrade.ts';
import { Visitors } from './http/visitors.ts';
import type { Problem } from './lessons/linted.ts';
import { forLearners, loadOffered } from './lessons/own.ts';
import { type Live, liveOf } from './live.ts';
import { startMetrics } from './metrics.ts';
import { createProgress } from './progress.ts';
import { limitPolicyOf } from './sessions/limit-policy.ts';
import { Sessions } from './sessions/sessions.ts';
import { checkMachine, startUp } from './start-up.ts';
import { serveStatus } from './status-socket.ts';
import { holdDataDir, removeUnused } from './store/hold.ts';
import { socketLimitsOf } from './terminal/socket-limits.ts';
import { version } from './version.ts';

/** `docker stop` waits for 10 s. What did not come to its end is swept by the next start. */
const STOP_MS = 9_000;
/** Of that: for answers that are on their way. */
const DRAIN_MS = 5_000;
/** Whom nobody has seen for days is erased to the hour. */
/** Who opens a connection and says nothing holds it no longer. */
const HANDSHAKE_MS = 10_000;
const LOOK_FOR_OLD_MS = 3600_000;

let config: Config | null = null;
try {
  config = readConfig(process.argv.slice(2), process.env);
  if (config.help) console.log(helpText(process.env));
  else if (config.version) console.log(version);
  else await start(config);
} catch (error) {
  report(error);
  if (config) await reportNeeds(config).catch(() => {});
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  const startedMs = Date.now();
  let live = (): Promise<Live> => Promise.reject(new Error('it starts'));
  // Before there is anything to count.
  const metrics = startMetrics(() => live());
  const limits = limitPolicyOf(config, isLoopback(config.host));
  const progress = createProgress();
  const { lessons, glossary, leftOut } = loadOffered(config.lessonsDir, config.lessons);
  const toldOnThePage = forLearners(leftOut, [config.lessonsDir, ...config.lessons]);
  const files =
    config.tlsCert === undefined || config.tlsKey === undefined ? null : { cert: config.tlsCert, key: config.tlsKey };
  const certificate = files && readCertificate(files);
  const server: Server = certificate
    ? createTlsServer({ cert: certificate.cert, key: certificate.key, handshakeTimeout: HANDSHAKE_MS })
    : createServer();
  // The port first: who has it already learns so before anything is made.
  await listen(server, config);
  server.on('request', starting);
  const made = checkMachine(config);
  using held = holdDataDir(config.dataDir);
  const [page, parts] = await Promise.all([ensurePage(progress), startUp(config, progress)]).catch((error) => {
    held[Symbol.dispose]();
    if (made) removeUnused(config.dataDir);
    throw error;
  });
  const { store, pool, log, hub, engine } = parts;

  const before = store.sessions().filter(({ sandbox }) => sandbox !== null);
  const claimed = new Set(before.flatMap(({ sandbox }) => sandbox ?? []));
  const filled = progress.stage('Starting practice computers');
  const { back, restarted } = await pool.adopt(claimed);
  await pool.refill();
  filled();

  // With a certificate of its own the server is met without a proxy; `publicUrl` is only its address then.
  const behindProxy = config.publicUrl !== undefined && !certificate;
  const sessions = new Sessions(
    { store, lessons, pool, hubStore: parts.hubStore, limits, log },
    config.sessionsPerAddress,
  );
  const lost = new Set(before.flatMap(({ id, sandbox }) => (sandbox && pool.get(sandbox) ? [] : [id])));
  sessions.tellOf({ restarted, lost });
  const kept = (name: string) => accessToken(join(config.dataDir, name));
  const webhook =
    config.webhookUrl === undefined || config.webhookSecret === undefined
      ? null
      : new Webhook({
          store: store.completions,
          url: config.webhookUrl,
          secret: config.webhookSecret,
          mayBeInside: config.webhookPrivate,
          log,
        });
  const machine = { pool, hubStore: parts.hubStore, dataDir: config.dataDir, log };
  const room = config.classroom ? roomOf({ store, key: kept('link-key'), sessions, lessons, machine, webhook }) : null;
  const secureCookies = certificate !== null || (config.publicUrl?.startsWith('https:') ?? false);
  const visitors = new Visitors({ sessions, people: room?.people ?? null, secureCookies });
  const access = room
    ? Access.ofPeople(kept('metrics-token'))
    : isLoopback(config.host)
      ? Access.onLoopback()
      : Access.byLink(kept('access-token'), kept('metrics-token'));
  live = () =>
    liveOf({
      startedMs,
      engine,
      pool,
      hub,
      practiceHub: parts.practiceHub,
      sockets: () => sockets?.count ?? 0,
      dataDir: config.dataDir,
      maxSandboxes: config.maxSandboxes,
      capBytes: config.hubCapMb * 2 ** 20,
      leastFreeBytes: config.minFreeDiskMb * 2 ** 20,
      lessons: {
        course: lessons.all.filter(({ heading }) => heading === null).length,
        own: lessons.all.filter(({ heading }) => heading !== null).length,
        leftOut: [...leftOut],
      },
      webhook: () => webhook && webhookView(store.completions, webhook, null),
    });
  let sockets: Sockets | null = null;
  const app = createApp({
    store,
    lessons,
    glossary,
    sessions,
    access,
    retentionDays: room ? config.retentionDays : 0,
    info: () => ({
      version,
      offlineImages: parts.images.offline,
      hubLimited: hub.figures.limited,
      leftOut: toldOnThePage,
    }),
    metrics,
    pageDir: page.pageDir,
    rendered: rendering(page.renderingFile),
    secureCookies,
    visitors,
    room,
    behindProxy,
    readiness: async () => ({
      engine: await engine.ping().then(
        () => true,
        () => false,
      ),
      hub: await hub.ready(),
      pool: pool.healthy,
    }),
    log,
  });
  const statusServer = await serveStatus(config.dataDir, async () => {
    await hub.look();
    return live();
  });

  // Nothing waits from here to the last line: who is answered finds all of it printed.
  server.off('request', starting);
  server.on('request', app);
  sockets = serveSockets(server, { visitors, access, limits: socketLimitsOf(config), behindProxy, room });
  if (back > 0) console.log(`  ${back} ${back === 1 ? "learner's computer is" : "learners' computers are"} as before`);
  tellLeftOut(leftOut);
  if (room && config.retentionDays > 0) {
    const forgetOld = () =>
      room.learners
        .forgetOld(config.retentionDays)
        .catch((error) => log.warn({ error: messageOf(error) }, 'learners of long ago could not be erased'));
    void forgetOld();
    setInterval(forgetOld, LOOK_FOR_OLD_MS).unref();
  }
  webhook?.wake();
  const unfollow =
    files && certificate && followCertificate({ files, server: server as TlsServer, used: certificate, log });
  const base = baseOf(config, certificate);
  progress.ready(room ? greeting(base, room.people.printedLink()) : toOpen(addressOf(base, access)));

  await interrupted();
  console.log('Stopping …');
  setTimeout(() => {
    log.warn({}, `not everything came to its end in ${STOP_MS / 1000} s: the next start removes what is left`);
    process.exit(0);
  }, STOP_MS).unref();
  const drained = new Promise((resolve) => server.close(resolve));
  statusServer.close();
  webhook?.close();
  unfollow?.();
  sockets.close();
  await Promise.race([drained, delay(DRAIN_MS, undefined, { ref: false })]);
  sessions.close();
  await room?.rehearsals.close();
  await pool
    .close()
    .catch((error) => log.warn({ error: messageOf(error) }, 'not every unclaimed sandbox could be removed'));
  await parts.close();
  process.exit(0);
}

/** Their words may hold whatever stands in the file. */
function tellLeftOut(leftOut: readonly Problem[]): void {
  if (leftOut.length === 0) return;
  console.log('  Of your own lessons this is left out:');
  for (const { file, line, message } of leftOut) console.log(visible(`    ${file}:${line}: ${message}`));
}

function starting(_request: unknown, response: import('node:http').ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '2' });
  response.end(
    JSON.stringify({
      error: { code: 'starting', message: 'Slipway is still starting.', next: 'Try again in a few seconds.' },
    }),
  );
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const taken = systemCode(cause) === 'EADDRINUSE';
      const next = taken
        ? `Stop what uses it (ss -ltnp shows it), or choose another: npm start -- --port ${port + 1}`
        : 'Check --host and --port.';
      reject(
        new SlipwayError(
          'listen',
          taken ? `Port ${port} is already in use.` : `Cannot listen on ${host}:${port}: ${messageOf(cause)}.`,
          { next, cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

function addressOf(base: string, access: Access): string {
  return access.token ? `${base}/access/${access.token}` : `${base}/`;
}

/** Where people find this server: in a room from other machines. */
function baseOf({ host, port, publicUrl, classroom }: Config, certificate: OwnCertificate | null): string {
  if (publicUrl) return publicUrl.replace(/\/$/, '');
  if (certificate) return `https://${nameFor(certificate, networkAddresses(host)) ?? host}:${port}`;
  const everywhere = ['0.0.0.0', '::'].includes(host);
  const name = everywhere ? (classroom && networkAddresses(host)[0]) || 'localhost' : host;
  return `http://${name}:${port}`;
}

function toOpen(address: string): string {
  return `\n  Open ${address}\n  Ctrl-C stops the server; learners' computers stay.\n\n`;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // Ctrl-C under npm may come twice, from the terminal and from npm: the second must not cut the first short.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

/** Whatever else this machine lacks: what failed may have another cause than it names. The port is told of by itself. */
async function reportNeeds(settings: Config): Promise<void> {
  const needs = (await quickNeeds(settings)).filter(({ id, state }) => state !== 'ok' && id !== 'port');
  if (needs.length > 0) console.error(`\nWhat this machine lacks (npm run doctor tells all of it):`);
  for (const need of needs) console.error(needText(need));
}

function report(error: unknown): void {
  console.error(`\nSlipway cannot start: ${messageOf(error)}`);
  if (error instanceof SlipwayError) console.error(error.next);
  else console.error((error as Error | null)?.stack ?? '');
}
