// The learner's image, built where it is missing.

import Docker from 'dockerode';
import { ensureImages } from '../../server/images/ensure-images.ts';

/** Its tag. */
export async function learnerImage(): Promise<string> {
  const { learner } = await ensureImages({ engine: new Docker(), mode: 'offline', progress: console.error });
  return learner;
}
