// Which addresses are outside: what is told elsewhere does not go to this machine or into its networks unless that is allowed.

import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { SlipwayError } from '../errors.ts';

/** https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-: whatever is not globally reachable. */
const INSIDE: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

const inside = new BlockList();
for (const [network, bits] of INSIDE) inside.addSubnet(network, bits, 'ipv4');
// Of IPv6 the other way round: outside is only what is given out (2000::/3), and of that nothing that wraps an IPv4 address.
const outside = new BlockList();
outside.addSubnet('2000::', 3, 'ipv6');
const wrapped = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  wrapped.addSubnet(network, bits, 'ipv6');

export function isOutside(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, 'ipv4');
  return family === 6 && outside.check(address, 'ipv6') && !wrapped.check(address, 'ipv6');
}

export function notOutside(host: string): SlipwayError {
  return new SlipwayError('not-outside', `${host} leads to this machine or into a private network.`, {
    next: 'Start with --webhook-private if that is meant.',
  });
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** As `dns.lookup`, and fails for a name of which one address is not outside: so what is connected to is what was looked at. */
export function outsideLookup(host: string, options: LookupOptions, found: Found): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return found(error, []);
    if (!addresses.every(({ address }) => isOutside(address))) return found(notOutside(host), []);
    const [first] = addresses;
    if (options.all || !first) return found(null, addresses);
    found(null, first.address, first.family);
  });
}
