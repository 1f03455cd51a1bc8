// Every setting, once: its flag, environment variable, default, check and help. The only reader of the environment.

import { readFileSync } from 'node:fs';
import { availableParallelism, homedir, totalmem } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ACK_BYTES, MAX_FRAME_BYTES, MAX_TERMINALS, PAGE_FRAME_BYTES, WINDOW_BYTES } from '../protocol/limits.ts';
import { messageOf, SlipwayError } from './errors.ts';
import { HUB_IMAGE_NAME } from './reference.ts';

type Environment = Record<string, string | undefined>;

interface Setting<T> {
  schema: z.ZodType<T>;
  fallback: (env: Environment) => T;
  help: string;
  /** A switch takes no value. */
  isSwitch?: boolean;
  /** Environment variable, where it is not SLIPWAY_ and the flag's name. */
  variable?: string;
  /** No flag, as others see a command line; the variable with _FILE names a file that holds it. Never shown. */
  isSecret?: boolean;
  /** A list: the flag may come several times, the variable has `:` between its parts. */
  isRepeatable?: boolean;
}

const KIB = 1024;
const MIB = 2 ** 20;
/** What a sandbox at work is taken to need until more is seen: 70 MiB when idle, and its learner's containers. */
export const SANDBOX_BYTES = 128 * MIB;
const LEARNERS_PER_PROCESSOR = 100;

// Unix socket paths end at 107 bytes; the longest one below the data folder takes 30.
const MAX_DATA_DIR = 60;
const number = (min: number, max: number) =>
  z.coerce
    .number(`a number from ${min} to ${max}`)
    .int('a whole number')
    .min(min, `a number from ${min} to ${max}`)
    .max(max, `a number from ${min} to ${max}`);
const minutes = z.coerce
  .number('minutes, from 0 to 10080')
  .min(0, 'minutes, from 0 to 10080')
  .max(10_080, 'minutes, from 0 to 10080');
const flag = z.preprocess(
  (value) => (typeof value === 'string' ? ['1', 'true', 'yes', 'on'].includes(value) : value),
  z.boolean(),
);
const setting = <T>(
  schema: z.ZodType<T>,
  fallback: T | ((env: Environment) => T),
  help: string,
  more: Partial<Setting<T>> = {},
): Setting<T> => ({
  schema,
  fallback: typeof fallback === 'function' ? (fallback as (env: Environment) => T) : () => fallback,
  help,
  ...more,
});
const onOff = (help: string) => setting(flag as z.ZodType<boolean>, false, help, { isSwitch: true });

const settings = {
  host: setting(
    z
      .string()
      .regex(/^[\w.:[\]-]{1,255}$/, 'an address or a host name')
      .optional(),
    undefined,
    'address to listen on (127.0.0.1; with --classroom 0.0.0.0, all of this machine); any but loopback needs the access link',
  ),
  classroom: onOff('a teacher has a room: learners join with a code, and nobody else gets in'),
  port: setting(number(1, 65535), 8080, 'port to listen on'),
  publicUrl: setting(
    z.url({ protocol: /^https?$/, error: 'a URL, https://learn.example.com' }).optional(),
    undefined,
    'address that learners use, where a proxy stands before this one',
  ),
  tlsCert: setting(
    z.string().min(1, 'a file').optional(),
    undefined,
    'file of a certificate, PEM with its chain: the server speaks HTTPS; needs --tls-key',
  ),
  tlsKey: setting(z.string().min(1, 'a file').optional(), undefined, 'file of its private key, PEM'),
  dataDir: setting(
    z
      .string()
      .refine(isAbsolute, 'an absolute path')
      .refine(
        (dir) => dir.length <= MAX_DATA_DIR,
        `at most ${MAX_DATA_DIR} characters, because the paths of Unix sockets below it are limited`,
      ),
    defaultDataDir,
    'folder for progress, keys and sockets',
  ),
  lessonsDir: setting(z.string().min(1), fileURLToPath(new URL('../lessons', import.meta.url)), 'folder of the course'),
  lessons: setting(
    z
      .array(z.string().min(1, 'a folder'))
      .transform((dirs) => [...new Set(dirs.map((dir) => resolve(dir)))]) as z.ZodType<string[]>,
    [],
    'folder of lessons of your own, beside the course; may be given several times, in the variable with : between',
    { isRepeatable: true },
  ),
  warmSandboxes: setting(
    number(0, 100).optional(),
    undefined,
    'sandboxes that wait ready for the next learners, at least (2)',
  ),
  maxWarmSandboxes: setting(
    number(0, 200).optional(),
    undefined,
    'the same, at most: as many as came within half a minute lately (10)',
  ),
  maxSandboxes: setting(
    number(1, 1000),
    () => mostSandboxes(totalmem(), availableParallelism()),
    'sandboxes that may exist, waiting ones included; free memory and disk may allow fewer',
  ),
  sandboxMemoryMb: setting(number(256, 65536), 1024, 'memory of a sandbox, MiB'),
  sandboxCpus: setting(
    z.coerce.number('a number from 0.1 to 64').min(0.1, 'a number from 0.1 to 64').max(64, 'a number from 0.1 to 64'),
    1,
    'CPUs of a sandbox',
  ),
  sandboxPids: setting(number(200, 100_000), 1000, 'processes of a sandbox'),
  sandboxDiskMb: setting(number(256, 1_000_000), 2048, 'disk of a sandbox, MiB'),
  minFreeDiskMb: setting(
    number(100, 10_000_000),
    2048,
    'free disk of this computer, MiB, below which no new sandboxes are made',
  ),
  uidBase: setting(
    number(65_536, 1_900_000_000),
    1_000_000_000,
    'first host user id that sandboxes use; each takes 100,000',
  ),
  idleMinutes: setting(
    minutes.optional(),
    undefined,
    'a computer that nobody uses so long is put away, 0: never (on loopback never, otherwise 60)',
  ),
  totalMinutes: setting(
    minutes.optional(),
    undefined,
    'how long a computer may be kept in all, 0: for ever (on loopback for ever, otherwise 480)',
  ),
  extensions: setting(number(0, 1000), 4, 'how often a learner may put off that end by half an hour'),
  retentionDays: setting(
    number(0, 36_500),
    365,
    'with --classroom: a learner who has not come for so many days is erased with all that they did, 0: never',
  ),
  webhookUrl: setting(
    z.url({ protocol: /^https?$/, error: 'a URL, https://records.example.com/slipway' }).optional(),
    undefined,
    'with --classroom: address that is told when a learner has completed a lesson or a class; needs SLIPWAY_WEBHOOK_SECRET',
  ),
  webhookSecret: setting(
    z
      .string()
      .regex(/^[^\r\n]{16,1000}$/, 'one line of 16 characters or more')
      .optional(),
    undefined,
    'what signs what that address is told, or SLIPWAY_WEBHOOK_SECRET_FILE=its file',
    { isSecret: true },
  ),
  webhookPrivate: onOff('that address may be on this machine or in a private network'),
  sessionsPerAddress: setting(
    number(1, 100_000),
    300,
    'learners with a computer, or in line for one, that come from one address',
  ),
  socketsPerSession: setting(
    number(2 * MAX_TERMINALS, 1000),
    4 * MAX_TERMINALS,
    'connections of one learner; each terminal needs one, and another while its page is loaded anew',
  ),
  maxFrameKb: setting(
    number(PAGE_FRAME_BYTES / KIB, 1024),
    MAX_FRAME_BYTES / KIB,
    'largest frame that a page may send, KiB',
  ),
  inputKbPerSecond: setting(
    number(64, 1_000_000),
    4096,
    'what is taken of a connection, KiB a second, and as much at once; the rest waits in the network',
  ),
  waitingInputKb: setting(
    number(1024, 65_536),
    8192,
    'input that a program does not read, KiB, beyond which its page is told and cut off',
  ),
  windowKb: setting(
    number((2 * ACK_BYTES) / KIB, 65_536),
    WINDOW_BYTES / KIB,
    'output on its way to a page, KiB, at which the program that prints it waits',
  ),
  helloSeconds: setting(number(1, 300), 10, 'a connection that does not say by then what it is for is closed'),
  pingSeconds: setting(number(1, 60), 10, 'a connection that gives no sign of life for twice as long is closed'),
  offline: onOff('use images built on this machine, even where Docker Hub can be reached'),
  online: onOff('use Docker Hub, and fail where it cannot be reached'),
  hubUpstream: setting(
    z.url({ protocol: /^https?$/, error: 'a URL' }),
    'https://registry-1.docker.io',
    'registry that the practice Docker Hub caches, online',
  ),
  hubUser: setting(
    z
      .string()
      .regex(/^[^\s:]{1,255}$/, 'the name of an account')
      .optional(),
    undefined,
    'account at that registry; its password only by SLIPWAY_HUB_PASSWORD or SLIPWAY_HUB_PASSWORD_FILE',
  ),
  hubPassword: setting(
    z
      .string()
      .regex(/^[^\r\n]{1,1000}$/, 'one line')
      .optional(),
    undefined,
    'password or access token of that account, or SLIPWAY_HUB_PASSWORD_FILE=its file',
    { isSecret: true },
  ),
  hubAllow: setting(
    z
      .string()
      .transform((names) => names.split(',').map((name) => name.trim().replace(/^library\//, '')))
      .pipe(z.array(z.string().regex(HUB_IMAGE_NAME, 'names of images, alpine,grafana/grafana'))) as z.ZodType<
      string[]
    >,
    ['alpine', 'busybox', 'hello-world', 'nginx', 'registry'],
    'images of Docker Hub that learners may pull, online',
  ),
  hubCapMb: setting(
    number(100, 10_000_000),
    4096,
    'what the practice Docker Hub may keep of them, MiB, and as much again of added images; beyond it takes nothing new',
  ),
  yes: onOff('install what is missing without asking'),
  dockerHost: setting(
    z.string().optional(),
    undefined,
    'the host engine: unix:///var/run/docker.sock, tcp://name:2376 or ssh://user@name',
    { variable: 'DOCKER_HOST' },
  ),
  dockerTlsVerify: setting(z.string().optional(), undefined, 'anything: speak TLS with a tcp:// engine', {
    variable: 'DOCKER_TLS_VERIFY',
  }),
  dockerCertPath: setting(
    z.string().optional(),
    (env) => (env.HOME ? join(env.HOME, '.docker') : undefined),
    'folder of ca.pem, cert.pem and key.pem for that',
    { variable: 'DOCKER_CERT_PATH' },
  ),
  transport: setting(
    z.enum(['auto', 'sockets', 'exec'], 'auto, sockets or exec'),
    'auto',
    'how sandboxes are reached: sockets in shared folders, exec where server and engine share no host',
  ),
  extraCertificate: setting(
    z.string().optional(),
    undefined,
    "file of a certificate that this network adds, for building the server's image",
    { variable: 'NODE_EXTRA_CA_CERTS' },
  ),
  logLevel: setting(
    z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent'),
    'warn',
    'how much is logged',
  ),
  help: onOff('show this'),
  version: onOff('show the version'),
};

type Settings = typeof settings;
export type Config = {
  [K in keyof Omit<Settings, 'offline' | 'online' | 'host' | keyof Stock>]: Settings[K] extends Setting<infer T>
    ? T
    : never;
} & Stock & {
    host: string;
    mode: 'auto' | 'offline' | 'online';
  };

/** Flags win over variables, variables over defaults. Throws SlipwayError `bad-setting`. */
export function readConfig(argv: readonly string[], env: Environment): Config {
  const given = readFlags(argv);
  const config: Record<string, unknown> = {};
  for (const [name, { schema, fallback, variable, isSecret, isRepeatable }] of Object.entries(settings) as [
    string,
    Setting<unknown>,
  ][]) {
    const fromEnvironment = env[variable ?? variableOf(name)] || (isSecret && secretIn(name, env)) || undefined;
    const listed = isRepeatable ? fromEnvironment?.split(delimiter).filter((part) => part !== '') : undefined;
    const value = isRepeatable ? (given.get(name) ?? listed) : (given.get(name)?.at(-1) ?? fromEnvironment);
    if (value === undefined) {
      config[name] = fallback(env);
      continue;
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const named = given.has(name) ? flagOf(name) : (variable ?? variableOf(name));
      const shown = isSecret ? 'not what it should be' : JSON.stringify(value);
      throw bad(`${named} is ${shown}; expected ${parsed.error.issues[0]?.message}.`);
    }
    config[name] = parsed.data;
  }
  const { offline, online, ...rest } = config;
  if (offline && online) throw bad('--offline and --online exclude each other.');
  const { maxFrameKb, inputKbPerSecond } = rest as unknown as Config;
  if (maxFrameKb > inputKbPerSecond)
    throw bad(`--max-frame-kb ${maxFrameKb} is more than --input-kb-per-second ${inputKbPerSecond} takes.`);
  if ((rest.hubUser === undefined) !== (rest.hubPassword === undefined))
    throw bad('--hub-user and SLIPWAY_HUB_PASSWORD (or SLIPWAY_HUB_PASSWORD_FILE) belong together.');
  if ((rest.webhookUrl === undefined) !== (rest.webhookSecret === undefined))
    throw bad('--webhook-url and SLIPWAY_WEBHOOK_SECRET (or SLIPWAY_WEBHOOK_SECRET_FILE) belong together.');
  if (rest.webhookUrl !== undefined && !rest.classroom) throw bad('--webhook-url is for --classroom.');
  if ((rest.tlsCert === undefined) !== (rest.tlsKey === undefined))
    throw bad('--tls-cert and --tls-key belong together.');
  const host = rest.host ?? (rest.classroom ? '0.0.0.0' : '127.0.0.1');
  return { ...rest, host, ...stockOf(rest), mode: offline ? 'offline' : online ? 'online' : 'auto' } as Config;
}

interface Stock {
  warmSandboxes: number;
  maxWarmSandboxes: number;
}

/** What was not said follows from what was. */
function stockOf(given: Record<string, unknown>): Stock {
  const { warmSandboxes, maxWarmSandboxes, maxSandboxes: max } = given as Partial<Stock> & { maxSandboxes: number };
  const ceiling = maxWarmSandboxes ?? Math.min(max, Math.max(10, warmSandboxes ?? 0));
  const floor = warmSandboxes ?? Math.min(2, ceiling);
  if (floor > max) throw bad(`--warm-sandboxes ${floor} is more than --max-sandboxes ${max} allows.`);
  if (ceiling > max) throw bad(`--max-warm-sandboxes ${ceiling} is more than --max-sandboxes ${max} allows.`);
  if (floor > ceiling) throw bad(`--warm-sandboxes ${floor} is more than --max-warm-sandboxes ${ceiling}.`);
  return { warmSandboxes: floor, maxWarmSandboxes: ceiling };
}

/** As many as fit into this memory, and as these processors can be shared by. */
function mostSandboxes(memoryBytes: number, processors: number): number {
  const byMemory = Math.floor((memoryBytes - reservedBytes(memoryBytes)) / SANDBOX_BYTES);
  return Math.max(1, Math.min(1000, byMemory, processors * LEARNERS_PER_PROCESSOR));
}

/** Of a machine's memory: for the server, the engine and the kernel's caches. */
export function reservedBytes(memoryBytes: number): number {
  return Math.min(2048 * MIB, Math.max(150 * MIB, memoryBytes * 0.05));
}

/** What a document tells of a setting. */
export function settingTold(name: keyof Settings): { flag: string; standard: string; help: string } {
  const { fallback, help } = settings[name] as Setting<unknown>;
  return { flag: flagOf(name), standard: String(fallback({})), help };
}

/** What `--help` shows. */
export function helpText(env: Environment): string {
  const lines = (Object.entries(settings) as [string, Setting<unknown>][]).map(
    ([name, { fallback, help, isSwitch, variable, isSecret }]) => {
      const standard = fallback(env);
      const shown = isSwitch || standard === undefined || String(standard) === '' ? '' : ` (${standard})`;
      return `  ${(isSecret ? '' : flagOf(name)).padEnd(22)} ${(variable ?? variableOf(name)).padEnd(28)} ${help}${shown}`;
    },
  );
  return `Usage: npm start -- [settings]\n\nEach is a flag, --port 9000, or an environment variable, SLIPWAY_PORT=9000.\n\n${lines.join('\n')}\n`;
}

/** Each with all that was said of it, the last one last. */
function readFlags(argv: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-h') word = '--help';
    const [flagName = '', inline] = word.split(/=(.*)/s);
    const name = Object.keys(settings).find((other) => flagOf(other) === flagName);
    if (!name) throw bad(`Unknown setting ${JSON.stringify(word.slice(0, 60))}.${didYouMean(flagName)}`);
    const { isSwitch, isSecret } = settings[name as keyof Settings] as Setting<unknown>;
    // Whoever may list processes sees it there.
    if (isSecret)
      throw bad(`${flagName} is a secret and no flag; use ${variableOf(name)} or ${variableOf(name)}_FILE.`);
    const value = inline ?? (isSwitch ? 'true' : words.shift());
    if (value === undefined || (!inline && !isSwitch && value.startsWith('--')))
      throw bad(`${flagName} needs a value.`);
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return given;
}

function secretIn(name: string, env: Environment): string | undefined {
  const file = env[`${variableOf(name)}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw bad(`${variableOf(name)}_FILE cannot be read: ${messageOf(error)}.`);
  }
}

function didYouMean(typed: string): string {
  const letters = (text: string) => new Set(text.replace(/[^a-z]/g, ''));
  const shared = (other: string) =>
    [...letters(typed)].filter((letter) => letters(other).has(letter)).length /
    Math.max(letters(other).size, letters(typed).size);
  const [best] = Object.keys(settings)
    .map(flagOf)
    .sort((a, b) => shared(b) - shared(a));
  return best && shared(best) > 0.7 ? ` Did you mean ${best}?` : '';
}

function bad(message: string): SlipwayError {
  return new SlipwayError('bad-setting', message, { next: 'npm start -- --help lists every setting.' });
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
function variableOf(name: string): string {
  return `SLIPWAY_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function defaultDataDir(env: Environment): string {
  if (process.getuid?.() === 0) return '/var/lib/slipway';
  return join(env.XDG_DATA_HOME || join(homedir(), '.local/share'), 'slipway');
}
