// The document of the protocol says what the schemas say.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../protocol/socket.ts';
import { withProtocol } from './protocol-reference.ts';

const document = readFileSync('docs/protocol.md', 'utf8');

it('is up to date; otherwise run `npm run protocol`', () => {
  expect(withProtocol(document)).toBe(document);
});

it('notices what is out of date, and a document without marks', () => {
  for (const told of [
    `| \`version\` | \`${PROTOCOL_VERSION}\``,
    '| 4006 | `tooManySockets`',
    '| 512 KiB | `--window-kb`',
  ]) {
    const old = document.replace(told, '| other');
    expect(old).not.toBe(document);
    expect(withProtocol(old)).toBe(document);
  }
  expect(() => withProtocol('# The protocol\n')).toThrow('has no marks');
});
