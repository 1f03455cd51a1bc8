// Which requests count as one address.

import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { addressOf } from './address.ts';

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (remote, counted) => {
  expect(addressOf(request(remote), false)).toBe(counted);
});

it('believes what a proxy has written down last, and nobody where there is none', () => {
  const forwarded = request('127.0.0.1', '10.9.9.9, 192.0.2.7');
  expect(addressOf(forwarded, true)).toBe('192.0.2.7');
  expect(addressOf(forwarded, false)).toBe('127.0.0.1');
  expect(addressOf(request('127.0.0.1'), true)).toBe('127.0.0.1');
});
