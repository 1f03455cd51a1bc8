// What a `curl …` command asks for: address, method, headers.

import type { SimpleCommand } from './command-line.ts';

export interface CurlRequest {
  /** Normalised: with scheme, `http://localhost:5000/v2/`; as typed where it is no address. */
  url: string;
  method: string;
  /** True where -I was given, so that curl waits for no body. */
  headOnly: boolean;
  /** True where the answer's headers are printed above its body. */
  includesHeaders: boolean;
  /** True where the body goes into a file and is not shown. */
  toFile: boolean;
  /** By lower-case name. */
  headers: Map<string, string>;
  /** As typed behind each -H. */
  headerLines: string[];
  user: string | null;
  /** All addresses, as typed. */
  addresses: string[];
  /** True where headers stand in a variable, so that only the answer tells what they were. */
  hidesHeaders: boolean;
  /** True where curl only shows its help, and asks nobody. */
  asksHelp: boolean;
}

const shortValued = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';
const longValued = new Set(
  (
    '--header --request --url --user --output --data --data-raw --data-binary --data-ascii --data-urlencode --json --form ' +
    '--max-time --connect-timeout --write-out --cacert --capath --cert --key --resolve --connect-to --user-agent --referer ' +
    '--retry --retry-delay --retry-max-time --proxy --cookie --cookie-jar --dump-header --range --upload-file --config ' +
    '--interface --unix-socket --limit-rate --max-redirs --stderr --noproxy --output-dir --dns-servers'
  ).split(' '),
);
const longNames: Record<string, string> = {
  '--header': '-H',
  '--request': '-X',
  '--user': '-u',
  '--output': '-o',
  '--remote-name': '-O',
  '--head': '-I',
  '--include': '-i',
  '--show-headers': '-i',
  '--get': '-G',
  '--upload-file': '-T',
  '--data': '-d',
  '--data-raw': '-d',
  '--data-binary': '-d',
  '--data-ascii': '-d',
  '--data-urlencode': '-d',
  '--json': '-d',
  '--form': '-F',
};

/** The request that this command makes (the first, where it names several addresses), or null where it makes none. */
export function curlRequest(simple: SimpleCommand): CurlRequest | null {
  if (simple.program !== 'curl') return null;
  const { options, urls } = readWords(simple.words);
  // `curl $H http://…`: the variable is no address.
  const url = urls.find((word) => !isVariable(word)) ?? urls[0];
  if (url === undefined) return null;
  const has = (name: string) => options.some((option) => option.name === name);
  const last = (name: string) => options.findLast((option) => option.name === name)?.value ?? null;
  const implied = has('-I') ? 'HEAD' : has('-T') ? 'PUT' : (has('-d') && !has('-G')) || has('-F') ? 'POST' : 'GET';
  const output = last('-o');
  const { address, user } = withoutUser(url);
  const headerLines = options.filter(({ name }) => name === '-H').map(({ value }) => value ?? '');
  return {
    url: normalisedUrl(address),
    method: last('-X') ?? implied,
    headOnly: has('-I'),
    includesHeaders: has('-i') || has('-I'),
    toFile: (output !== null && output !== '-') || has('-O'),
    headers: headers(headerLines),
    headerLines,
    user: last('-u') ?? user,
    addresses: urls,
    hidesHeaders:
      headerLines.some((line) => /[$`]|^@/.test(line)) || urls.some((word) => word !== url && isVariable(word)),
    asksHelp: options.some(({ name }) => name === '-h' || name === '--help'),
  };
}

function isVariable(word: string): boolean {
  return /^\$[\w[\]@*]+$/.test(word);
}

/** With how many slashes `http:` may be followed, so that curl still finds the computer. */
const scheme = /^(https?):\/{1,3}(?=[^/])/i;

/** `http://user:password@host/`: who asks is no part of what is asked, and no password gets into a message. */
function withoutUser(url: string): { address: string; user: string | null } {
  const mended = url.replace(scheme, '$1://');
  const [whole, start = '', user = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#\s]*)@/i.exec(mended) ?? [];
  return whole === undefined ? { address: url, user: null } : { address: start + mended.slice(whole.length), user };
}

/** An address as curl reads it: `http://` where no scheme is typed, no default port, at least `/` as the path. */
export function normalisedUrl(text: string): string {
  const mended = text.replace(scheme, '$1://');
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(mended) ? mended : `http://${mended}`;
  try {
    return new URL(withScheme).href;
  } catch {
    return withScheme;
  }
}

/** The same address, where a computer's names for itself are one. */
export function sameAddress(a: string, b: string): boolean {
  return withoutAlias(a) === withoutAlias(b);
}

function withoutAlias(url: string): string {
  return url.replace(/^(https?:\/\/)(?:127\.0\.0\.1|\[::1\])(?=[:/])/, '$1localhost');
}

/** Whether the Accept header names this media type, as far as the command tells. */
export function accepts(seen: CurlRequest, accept: string | undefined): boolean {
  if (accept === undefined) return true;
  const types = (seen.headers.get('accept') ?? '').split(',').map((type) => type.split(';')[0]?.trim());
  return types.includes(accept);
}

/** Who asks: from `-u`, from the address, or from an Authorization header; null where nobody is named. */
export function userOf(seen: CurlRequest): string | null {
  const basic = /^Basic\s+(\S+)$/i.exec(seen.headers.get('authorization') ?? '')?.[1];
  const given = seen.user ?? (basic === undefined ? null : Buffer.from(basic, 'base64').toString('utf8'));
  return given === null ? null : (given.split(':')[0] ?? '');
}

interface Option {
  name: string;
  value: string | null;
}

function readWords(words: readonly string[]): { options: Option[]; urls: string[] } {
  const options: Option[] = [];
  const urls: string[] = [];
  const rest = [...words];
  let optionsEnded = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (optionsEnded || !word.startsWith('-') || word === '-') {
      urls.push(word);
    } else if (word === '--') {
      optionsEnded = true;
    } else if (word.startsWith('--')) {
      const value = longValued.has(word) ? (rest.shift() ?? null) : null;
      if (word === '--url') urls.push(value ?? '');
      else options.push({ name: Object.hasOwn(longNames, word) ? (longNames[word] as string) : word, value });
    } else {
      options.push(...shortOptions(word, rest));
    }
  }
  return { options, urls };
}

/** `-sSL`, `-XHEAD`, `-H 'X: y'`: letters up to the first that takes a value, which is glued or the next word. */
function shortOptions(word: string, rest: string[]): Option[] {
  const found: Option[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] as string;
    if (shortValued.includes(letter)) {
      return [...found, { name: `-${letter}`, value: word.slice(at + 1) || (rest.shift() ?? null) }];
    }
    found.push({ name: `-${letter}`, value: null });
  }
  return found;
}

function headers(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = found.get(name);
    found.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return found;
}
