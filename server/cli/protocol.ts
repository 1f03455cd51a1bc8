// `npm run protocol`: writes the reference in docs/protocol.md anew.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withProtocol } from '../protocol-reference.ts';

const file = fileURLToPath(new URL('../../docs/protocol.md', import.meta.url));
writeFileSync(file, withProtocol(readFileSync(file, 'utf8')));
