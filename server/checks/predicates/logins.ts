// The logins of a learner's world.

import { configPath, type Login, loginsIn } from '../../registry/logins.ts';
import type { World } from '../types.ts';

/** All logins; null where the file can't be read as JSON. */
export async function loginsOf(world: World): Promise<Login[] | null> {
  return loginsIn(await world.files.read(configPath));
}
