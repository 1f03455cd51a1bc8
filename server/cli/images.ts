// `npm run images`: builds the images and fills the practice Docker Hub, without starting the server.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { copyExtraCertificate, writeComposeEnv } from '../images/compose-env.ts';
import { createProgress } from '../progress.ts';
import { prepareImages } from '../start-up.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

try {
  const progress = createProgress();
  const config = readConfig(process.argv.slice(2), process.env);
  const { images, hub } = await prepareImages(config, progress);
  await hub.stop();
  copyExtraCertificate(ROOT, config.extraCertificate);
  progress.line(`Images are ready (${images.offline ? 'offline' : 'online'})`);
  if (images.offline && !writeComposeEnv(join(ROOT, '.env'), images.base)) {
    console.error(`  .env is your own file: for docker compose, add SLIPWAY_BASE=${images.base}`);
  }
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof SlipwayError) console.error(error.next);
  process.exit(1);
}
