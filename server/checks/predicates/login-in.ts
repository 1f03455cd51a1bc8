// `login.in`: Docker keeps a login for a registry.

import { z } from 'zod';
import { addressOf, configPath, type Login } from '../../registry/logins.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { failAfter, lastDocker } from './commands.ts';
import { loginsOf } from './logins.ts';
import { isSameComputer } from './near-miss.ts';
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
  const missed = attempt && (misused(attempt.command.args) ?? wrongPlace(attempt.command.args[0] ?? '', registry));
  if (missed) return specificFail(`${missed}; ${asks}`);
  if (attempt && /unauthorized: incorrect username or password/.test(attempt.record.output)) {
    return specificFail(
      `Docker Hub doesn't know this user name with this password. Take the practice account that the lesson shows, not a real one; ${asks}`,
    );
  }
  const other = logins.find((one) => isSameComputer(one.registry, registry));
  if (other) return fail(`You are logged in at ${code(other.registry)}, and credentials are kept per name; ${asks}`);
  if (logins.length > 0 && !attempt) return fail(`You are logged in to ${listed(logins.map(placeOf))}; ${asks}`);
  return failAfter(world, ['push', 'pull'], `You aren't logged in; ${asks}`);
}

/** Words that stand where only the registry's address may. */
function misused(words: readonly string[]): string | null {
  const [first = ''] = words;
  const put = 'The user goes behind `-u`, and Docker asks for the password';
  if (words.length > 1)
    return `\`docker login\` takes one word, the registry's address, and you typed ${words.length}. ${put}`;
  if (first.includes('@') && !first.includes('/')) return `An address has no user in front. ${put}`;
  if (first === '' || first === 'localhost' || /[.:/$]/.test(first)) return null;
  return `${code(first)} stands where the registry's address goes. ${put}`;
}

/** Where the login went instead; null where it went to this registry. */
function wrongPlace(typed: string, registry: string): string | null {
  const address = addressOf(typed);
  if (address === registry) return null;
  if (typed === '') return 'That was a login to Docker Hub, because no address was given';
  if (/^(www\.)?hub\.docker\.com$/.test(address)) return '`hub.docker.com` is a web site, not a registry';
  if (isSameComputer(address, registry))
    return `${code(address)} is the same computer, but credentials are kept per name`;
  return `That was the registry at ${code(address)}`;
}

function placeOf({ registry }: Login): string {
  return registry === 'docker.io' ? 'Docker Hub' : registry;
}

function place(registry: string): string {
  return registry === 'docker.io' ? 'Docker Hub' : code(registry);
}
