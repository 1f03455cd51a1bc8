// `login.out`: Docker keeps no login for a registry.

import { z } from 'zod';
import { addressOf, configPath } from '../../registry/logins.ts';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass, specificFail } from '../types.ts';
import { lastDocker } from './commands.ts';
import { loginsOf } from './logins.ts';
import { registryParam } from './params.ts';

const params = z.strictObject({
  registry: registryParam.describe('address of the registry; `docker.io` is Docker Hub'),
});

export const loginOut: Predicate<z.infer<typeof params>> = {
  type: 'login.out',
  summary: 'Docker keeps no login for this registry in `~/.docker/config.json`',
  params,
  async evaluate(world, { registry }) {
    const logins = await loginsOf(world);
    if (!logins) return fail(`${code(configPath)} isn't valid JSON any more, so Docker can't read its logins.`);
    if (!logins.some((one) => one.registry === registry)) return pass;
    const hub = registry === 'docker.io';
    const asks = `${hub ? 'Docker Hub' : code(registry)} is still in ${code(configPath)}; this step asks for ${code(`docker logout${hub ? '' : ` ${registry}`}`)}.`;
    const attempt = lastDocker(world, ['logout']);
    if (!attempt) return fail(`You are still logged in: ${asks}`);
    const typed = addressOf(attempt.command.args[0] ?? '');
    if (typed === registry) return fail(`You are still logged in: ${asks}`);
    if (typed === 'docker.io')
      return specificFail(`That's Docker Hub: \`docker logout\` without an address means it. ${asks}`);
    return specificFail(`That logged out of ${code(typed)}, another name. ${asks}`);
  },
};
