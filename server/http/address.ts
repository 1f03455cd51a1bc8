// Where a request comes from, as limits count it.

import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** Of IPv6 the network, which one learner may have whole. `behindProxy`: the last proxy has written down whom it heard. */
export function addressOf({ headers, socket }: IncomingMessage, behindProxy: boolean): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const address = ((behindProxy && forwarded) || socket.remoteAddress || '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(address) ? networkOf(address) : address;
}

/** The first 64 bits, written out. */
function networkOf(address: string): string {
  const [before = '', after] = address.split('%')[0]?.split('::') ?? [];
  const parts = (text = '') => (text === '' ? [] : text.split(':'));
  const zeros = after === undefined ? 0 : 8 - parts(before).length - parts(after).length;
  const all = [...parts(before), ...new Array<string>(Math.max(0, zeros)).fill('0'), ...parts(after)];
  return `${all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`;
}
