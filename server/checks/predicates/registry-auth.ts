// `registry.auth`: a registry lets nobody in but who has this user name and password.

import { z } from 'zod';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { registryParam } from './params.ts';
import { unreachable } from './reach.ts';

const params = z.strictObject({
  registry: registryParam,
  user: z.string().min(1).describe('a user that it must let in'),
  password: z.string().min(1).describe('their password'),
  says: z.string().min(1).optional().describe('what the learner reads where it lets everybody in'),
});

export const registryAuth: Predicate<z.infer<typeof params>> = {
  type: 'registry.auth',
  summary: 'a registry asks for a login, and takes this user and password',
  params,
  async evaluate(world, { registry, user, password, says }) {
    const down = await unreachable(world, registry);
    if (down) return down;
    if ((await world.registry(registry).status()) !== 'login-required') {
      return fail(
        says ??
          `The registry at ${code(registry)} lets everybody in: it asks for no login. It needs \`REGISTRY_AUTH=htpasswd\`, a realm and the path of the password file.`,
      );
    }
    const status = await world.registry(registry, { user, password }).status();
    if (status === 'up') return pass;
    return fail(
      `The registry at ${code(registry)} asks for a login, but doesn't take the user ${code(user)} with the password of this step. Look at its password file and where it is mounted.`,
    );
  },
};
