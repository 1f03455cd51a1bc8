// Takes away what a learner must not find when a lesson begins, whatever earlier lessons left of it.

import type { SandboxEngine } from '../engine/sandbox-engine.ts';
import type { LessonSetup } from '../lessons/schema.ts';
import { configPath, hubKey } from '../registry/logins.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';

export async function removeAbsent(
  sandbox: Sandbox,
  absent: LessonSetup['absent'],
  doing: (text: string) => void,
): Promise<void> {
  const { engine } = sandbox;
  if (Object.values(absent).every((names) => names.length === 0)) return;
  doing('tidying up');
  for (const name of absent.containers) await engine.removeContainer(name);
  const images = await namesOf(engine);
  for (const image of absent.images) if (images.has(image)) await removeImage(sandbox, image);
  for (const volume of absent.volumes) await engine.removeVolume(volume);
  for (const file of absent.files) await sandbox.files.remove(file);
  if (absent.logins.length > 0) await logOut(sandbox, absent.logins);
}

/** Of all images that have one. */
export async function namesOf(engine: SandboxEngine): Promise<Set<string>> {
  return new Set((await engine.images()).flatMap(({ tags }) => tags));
}

/** With the containers that keep it, where there are any. */
async function removeImage(sandbox: Sandbox, image: string): Promise<void> {
  const { engine } = sandbox;
  if (await engine.removeImage(image)) return;
  const id = (await engine.image(image))?.id;
  for (const container of await engine.containers()) {
    if (container.imageId === id) await engine.removeContainer(container.id);
  }
  await engine.removeImage(image);
}

/** As `docker logout` does; a file that is no JSON is left as it is. */
async function logOut({ files }: Sandbox, hosts: readonly string[]): Promise<void> {
  const text = await files.read(configPath);
  if (text === null) return;
  let config: { auths?: Record<string, unknown> };
  try {
    config = JSON.parse(text);
  } catch {
    return;
  }
  const { auths } = config;
  if (typeof auths !== 'object' || auths === null) return;
  const keys = hosts.map((host) => (host === 'docker.io' ? hubKey : host)).filter((key) => key in auths);
  if (keys.length === 0) return;
  for (const key of keys) delete auths[key];
  await files.write(configPath, `${JSON.stringify(config, null, '\t')}\n`);
}
