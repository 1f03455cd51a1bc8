// The reference part of docs/protocol.md, written from the schemas, routes, close codes and limits that page and server use.

import { z } from 'zod';
import { closeReasons } from '../protocol/close-reasons.ts';
import { endpoints } from '../protocol/endpoints.ts';
import * as limits from '../protocol/limits.ts';
import { roomClientMessageSchema, roomMessageSchema } from '../protocol/room.ts';
import { problemSchema } from '../protocol/session.ts';
import {
  type CloseCode,
  clientMessageSchema,
  closeCodes,
  PROTOCOL_VERSION,
  serverMessageSchema,
} from '../protocol/socket.ts';
import { wallClientMessageSchema, wallMessageSchema } from '../protocol/wall.ts';
import { completionSchema } from '../protocol/webhook.ts';
import { settingTold } from './config.ts';

const BEGIN = '<!-- From here to the end mark it is written by `npm run protocol`, from the schemas. -->';
const END = '<!-- End mark. -->';

/** What of a JSON schema the document tells. */
interface Told {
  /** Of a type with a name. */
  id?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Told>;
  required?: string[];
  items?: Told;
  additionalProperties?: Told | boolean;
  oneOf?: Told[];
  anyOf?: Told[];
  enum?: string[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
  $ref?: string;
  $defs?: Record<string, Told>;
}

/** The document with its reference as the schemas have it now; throws where the marks are missing. */
export function withProtocol(document: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END, begin);
  if (begin === -1 || end === -1) throw new TypeError(`the document has no marks ${BEGIN} and ${END}`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${reference()}\n\n${document.slice(end)}`;
}

function reference(): string {
  const types = new Map<string, Told>();
  /** Keeps the named types that it finds, itself and on the way; of itself only the name is wanted. */
  const read = (schema: z.ZodType): Told => {
    const { $defs = {}, ...rest } = told(schema);
    for (const [name, type] of Object.entries($defs)) types.set(name, type);
    if (rest.id === undefined) return rest;
    types.set(rest.id, rest);
    return { $ref: rest.id };
  };
  read(problemSchema);
  const parts = [
    `## Version\n\n**${PROTOCOL_VERSION}**`,
    '## What the page sends, as text frames',
    variants(read(clientMessageSchema)),
    '## What the server sends, as text frames',
    variants(read(serverMessageSchema)),
    '## What the page of a wall sends',
    variants(read(wallClientMessageSchema)),
    '## What the page of a wall is sent',
    variants(read(wallMessageSchema)),
    '## What a learner’s page says of the room',
    variants(read(roomClientMessageSchema)),
    '## What a learner’s page is told of the room',
    variants(read(roomMessageSchema)),
    '## Why a socket is closed',
    closing(),
    '## Routes',
    routesTable(read),
    '## What a completion webhook is sent',
    `A ${kindOf(read(completionSchema))}; headers and signature are told in [operating](operating.md#completions-told-elsewhere).`,
    '## Limits and times',
    limitsTable(),
  ];
  const byName = [...types].sort(([a], [b]) => a.localeCompare(b));
  return [...parts, '## Types', ...byName.map(([name, type]) => `### ${name}\n\n${body(type)}`)].join('\n\n');
}

function told(schema: z.ZodType): Told {
  return z.toJSONSchema(schema, { io: 'input' }) as Told;
}

function body(type: Told): string {
  const says = type.description ? [type.description] : [];
  if (type.oneOf) return [...says, variants(type)].join('\n\n');
  if (type.properties) return [...says, table(type)].join('\n\n');
  return [...says, `${capital(kindOf(type))}.`].join('\n\n');
}

/** Objects that one key tells apart. */
function variants({ oneOf = [] }: Told): string {
  if (oneOf.every(({ $ref }) => $ref)) return `One of ${oneOf.map(kindOf).join(', ')}.`;
  return oneOf
    .map((one) => {
      const [key = '', { const: value }] = Object.entries(one.properties ?? {})[0] as [string, Told];
      const { [key]: _, ...properties } = one.properties ?? {};
      const says = one.description ? `: ${one.description}` : '';
      const rows = Object.keys(properties).length > 0 ? `\n\n${table({ ...one, properties })}` : '';
      return `**\`${key}: ${JSON.stringify(value)}\`**${says}${rows}`;
    })
    .join('\n\n');
}

function table(type: Told): string {
  return grid(['key', 'what it is', ''], rowsOf(type, ''));
}

/** One row for each key, and below it those of what it holds without a name of its own. */
function rowsOf({ properties = {}, required = [] }: Told, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, child]) => {
    const key = prefix + name;
    const optional = required.includes(name) || child.default !== undefined ? '' : ', may be left out';
    const inner = child.anyOf?.find((one) => one.properties) ?? child;
    const rows = inner.items?.properties ? rowsOf(inner.items, `${key}[].`) : rowsOf(inner, `${key}.`);
    return [[`\`${key}\``, kindOf(child) + optional, child.description ?? ''], ...rows];
  });
}

function kindOf(type: Told): string {
  const { $ref, anyOf, items, additionalProperties, minimum, maximum, exclusiveMinimum } = type;
  if ($ref) return `[${nameOf($ref)}](#${nameOf($ref).toLowerCase()})`;
  if (anyOf) return anyOf.map(kindOf).join(' or ');
  if (Array.isArray(type.type)) return type.type.map((one) => kindOf({ ...type, type: one })).join(' or ');
  if (type.const !== undefined) return `\`${JSON.stringify(type.const)}\``;
  if (type.enum) return type.enum.map((value) => `\`${value}\``).join(', ');
  if (items) return `list of ${kindOf(items)}${type.maxItems === undefined ? '' : `, at most ${type.maxItems}`}`;
  if (type.type === 'object') {
    return typeof additionalProperties === 'object' ? `any key → ${kindOf(additionalProperties)}` : 'object';
  }
  if (type.type === 'string') return type.maxLength === undefined ? 'text' : `text, at most ${type.maxLength}`;
  if (type.type === 'boolean') return '`true` or `false`';
  if (type.type === 'null') return '`null`';
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
  const from = least === undefined || least === Number.MIN_SAFE_INTEGER ? '' : ` from ${least}`;
  const to = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${maximum}`;
  return `${type.type === 'integer' ? 'whole number' : 'number'}${from}${to}`;
}

function closing(): string {
  const codes = Object.entries(closeCodes).sort(([, a], [, b]) => a - b) as [CloseCode, number][];
  const rows = codes.map(([name, code]) => [
    String(code),
    `\`${name}\``,
    closeReasons[name].means,
    closeReasons[name].page,
  ]);
  return grid(['code', 'name', 'what it means', 'what the page does'], rows);
}

function routesTable(read: (schema: z.ZodType) => Told): string {
  const rows = Object.values(endpoints)
    .flat()
    .map(({ method, path, takes, answers, says }) => {
      const inward = takes ? kindOf(read(takes)) : '';
      return [`${method} \`${path}\``, inward, typeof answers === 'string' ? answers : kindOf(read(answers)), says];
    });
  return grid(['route', 'takes', 'answers', ''], rows);
}

function limitsTable(): string {
  const ms = (value: number) => (value < 1000 ? `${value} ms` : `${value / 1000} s`);
  const kib = (value: number) => `${value / 1024} KiB`;
  const setting = (name: Parameters<typeof settingTold>[0], unit: string) => {
    const { flag, standard, help } = settingTold(name);
    return [`${standard}${unit}`, `\`${flag}\``, capital(`${help}.`)];
  };
  const fixed = (value: string, says: string) => [value, '', says];
  return grid(
    ['value', 'setting', 'what it limits'],
    [
      setting('windowKb', ' KiB'),
      fixed(kib(limits.ACK_BYTES), 'The page acknowledges output after xterm.js has parsed so much.'),
      setting('maxFrameKb', ' KiB'),
      fixed(kib(limits.PAGE_FRAME_BYTES), 'The largest frame that the page sends; a longer paste is cut.'),
      fixed(`${limits.MAX_MESSAGE_BYTES} bytes`, 'The largest text frame of a page.'),
      setting('inputKbPerSecond', ' KiB/s'),
      setting('waitingInputKb', ' KiB'),
      fixed(`${limits.MAX_TERMINALS}`, 'Terminals of one learner, the first included.'),
      setting('socketsPerSession', ''),
      setting('sessionsPerAddress', ''),
      setting('helloSeconds', ' s'),
      setting('pingSeconds', ' s'),
      fixed(
        ms(limits.BEAT_MS),
        'The page sends a `ping` when nothing came for so long; after two of them the line is dead.',
      ),
      fixed(ms(limits.PROBE_MS), 'The same where the network was away or the computer slept.'),
      fixed(ms(limits.OPEN_WITHIN_MS), 'A socket that neither opens nor fails is given up by the page.'),
      fixed(
        `${ms(limits.FIRST_RETRY_MS)} to ${ms(limits.LONGEST_RETRY_MS)}`,
        'The page waits before it connects again, twice as long each time, less up to half of it at random.',
      ),
      fixed(
        `${ms(limits.KEPT_INPUT_MS)}, ${kib(limits.KEPT_INPUT_BYTES)}`,
        'What is typed while the line is away is kept, from its first key on; then it is refused.',
      ),
    ],
  );
}

function nameOf(ref: string): string {
  return ref.split('/').at(-1) ?? ref;
}

function grid(heads: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
