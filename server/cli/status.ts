// `npm run status [-- --json]`: how the server stands, learners, their computers, and the checks that they reported as wrong. It changes nothing.

import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { readAdded } from '../images/added-index.ts';
import { statusOf, statusText } from '../status.ts';
import { askStatus } from '../status-socket.ts';
import { openReadOnly } from '../store/database.ts';
import { runningServer } from '../store/hold.ts';
import { overviewOf } from '../store/overview.ts';

try {
  const words = process.argv.slice(2);
  const { dataDir } = readConfig(
    words.filter((word) => word !== '--json'),
    process.env,
  );
  const database = openReadOnly(join(dataDir, 'slipway.db'));
  const [live, added] = await Promise.all([askStatus(dataDir), readAdded(join(dataDir, 'images'))]);
  const status = statusOf(overviewOf(database), { server: runningServer(dataDir), live, added });
  database.close();
  process.stdout.write(words.includes('--json') ? `${JSON.stringify(status)}\n` : statusText(status));
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof SlipwayError) console.error(error.next);
  process.exitCode = 1;
}
