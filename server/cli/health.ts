// The container's health check: exit 0 when `/readyz` says that all is ready.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config.ts';

const { port, dataDir } = readConfig([], process.env);
const authorization = `Bearer ${readFileSync(join(dataDir, 'access-token'), 'utf8').trim()}`;
const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
  headers: { authorization },
  signal: AbortSignal.timeout(5_000),
});
process.exit(answer.ok ? 0 : 1);
