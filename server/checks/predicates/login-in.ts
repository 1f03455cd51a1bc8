// `login.in`: Docker keeps a login for a registry.

import { z } from 'zod';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { lastDocker } from './commands.ts';
import { addressOf, configPath, type Login, loginsOf } from './logins.ts';
import { registryParam } from './params.ts';

const params = z.strictObject({
  registry: registryParam.describe('address of the registry; `docker.io` is Docker Hub'),
  user: z.string().min(1).optional().describe('the user who must be logged in'),
});

export const loginIn: Predicate<z.infer<typeof params>> = {
  type: 'login.in',
  summary: 'Docker keeps a login for this registry in `~/.docker/config.json`',
  params,
  async evaluate(world, { registry, user }) {
    const logins = await loginsOf(world);
    if (!logins) return fail(`${code(configPath)} isn't valid JSON any more, so Docker can't read its logins.`);
    const login = logins.find((one) => one.registry === registry);
    if (!login) return notIn(world, logins, registry);
    if (user === undefined || login.user === null || login.user === user) return pass;
    return fail(
      `You are logged in to ${place(registry)} as ${code(login.user)}; this step asks for the user ${code(user)}. Log in again.`,
    );
  },
};

function notIn(world: World, logins: readonly Login[], registry: string): Outcome {
  const asks = `this step asks for a login to ${place(registry)}: ${code(`docker login${registry === 'docker.io' ? '' : ` ${registry}`}`)}.`;
  const attempt = lastDocker(world, ['login']);
  const typed = attempt ? addressOf(attempt.command.args[0] ?? '') : null;
  if (attempt && typed !== null && typed !== registry) {
    const where =
      typed === 'docker.io' && attempt.command.args.length === 0
        ? 'No address means Docker Hub'
        : sameComputer(typed, registry)
          ? `${code(typed)} is the same computer, but credentials are kept per name`
          : `That was the registry at ${code(typed)}`;
    return specificFail(`${where}; ${asks}`);
  }
  const other = logins.find((one) => sameComputer(one.registry, registry));
  if (other) return fail(`You are logged in at ${code(other.registry)}, and credentials are kept per name; ${asks}`);
  if (logins.length > 0 && !attempt) {
    return fail(`You are logged in to ${listed(logins.map((one) => place(one.registry, false)))}; ${asks}`);
  }
  return fail(`You aren't logged in; ${asks}`);
}

function place(registry: string, quoted = true): string {
  if (registry === 'docker.io') return 'Docker Hub';
  return quoted ? code(registry) : registry;
}

/** Names that this computer has for itself, with the same port. */
export function sameComputer(a: string, b: string): boolean {
  const normal = (text: string) => text.replace(/^(127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?=:|$)/, 'localhost');
  return a !== b && normal(a) === normal(b);
}
