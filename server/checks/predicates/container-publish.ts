// How the published port of a container differs from the one that a step asks for, and how `-p` was mistyped.

import type { ContainerState } from '../../engine/types.ts';
import { code } from '../quoted.ts';
import type { World } from '../types.ts';
import { lastDocker } from './commands.ts';

/** `publish` is `HOST:CONTAINER`. Null where it is published so. */
export function wrongPort({ name, ports }: ContainerState, publish: string | undefined): string | null {
  if (publish === undefined) return null;
  const [hostPort, containerPort] = publish.split(':').map(Number) as [number, number];
  const again = `${code(`docker rm -f ${name}`)} and start it again`;
  const option = code(`-p ${publish}`);
  if (ports.some((port) => port.hostPort === hostPort && port.containerPort === containerPort)) return null;
  const sameHost = ports.find((port) => port.hostPort === hostPort);
  if (sameHost) {
    return `Port \`${hostPort}\` leads to port \`${sameHost.containerPort}\` inside ${code(name)}, but its program listens on \`${containerPort}\` there: ${option}. ${again}.`;
  }
  if (ports.some((port) => port.hostPort === containerPort && port.containerPort === hostPort)) {
    return `The two ports are swapped: first comes the outer one, then the one inside. This step asks for ${option}. ${again}.`;
  }
  const [published] = ports;
  if (published?.hostPort === 0) {
    return `${code(`-p ${published.containerPort}`)} alone names the port inside ${code(name)}, and Docker chose the outer one. This step asks for ${option}. ${again}.`;
  }
  if (published) {
    return `${code(name)} runs, but on port \`${published.hostPort}\`; this step asks for \`${hostPort}\`. ${again}.`;
  }
  return `${code(name)} runs, but no port is published, so nobody outside its container can reach it. ${again}, with ${option}.`;
}

/** What was mistyped of `-p` in the newest command, which Docker refused; null where it is nothing of these. */
export function publishSlip(world: World, publish: string | undefined): string | null {
  const run = lastDocker(world, ['run', 'create']);
  if (publish === undefined || !run || run.record.exitCode === 0) return null;
  const [hostPort, containerPort] = publish.split(':') as [string, string];
  const { args, options } = run.command;
  const [first = ''] = args;
  const values = options.filter(({ name }) => name === '--publish').map(({ value }) => value ?? '');
  const option = code(`-p ${publish}`);
  if (first === publish) return `Before the ports stands the option: ${option}.`;
  const cut = new RegExp(`^:?${containerPort}$`);
  if (values.some((value) => value === hostPort || value === `${hostPort}:`) && cut.test(first)) {
    return `Between the two ports stands a colon, and no space, so Docker took ${code(first)} for the image. This step asks for ${option}.`;
  }
  const odd = values.find((value) => new RegExp(`^${hostPort}[^:\\d]${containerPort}$`).test(value));
  return odd === undefined ? null : `Between the two ports stands a colon: ${option}, not ${code(`-p ${odd}`)}.`;
}
