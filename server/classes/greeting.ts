// What a server with a room prints when it is ready: where learners join, and the teacher's link.

import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';

/** Where people in the same network find this machine, IPv4 before IPv6; none where it listens on loopback only. */
export function networkAddresses(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const outside = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  const ipv4 = outside.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
  const ipv6 = host === '::' ? outside.filter(({ family }) => family === 'IPv6') : [];
  return [...ipv4, ...ipv6.map(({ address }) => `[${address}]`)];
}

/** `base` is where learners find this server, without a slash at its end. */
export function greeting(base: string, signInToken: string): string {
  const join = `${base}/join`;
  const code = renderUnicodeCompact(join, { border: 1 })
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  const plain = base.startsWith('http:')
    ? '  Over plain HTTP whoever shares the network can read along: take it for a room that you trust, and TLS elsewhere (--tls-cert).\n'
    : '';
  return `\n${code}\n\n  Learners join at  ${join}\n  Teachers sign in  ${base}/sign-in#${signInToken}  (once, within an hour)\n${plain}  Ctrl-C stops the server; learners' computers stay.\n\n`;
}
