// Links that a learner puts where the server, or a relay on its way to them, is going to look.

import { join } from 'node:path';
import { expect } from 'vitest';
import { SandboxEngine } from '../../../server/engine/sandbox-engine.ts';
import { type Service, SocketLink } from '../../../server/engine/sandbox-link.ts';
import { RegistryClient } from '../../../server/registry/client.ts';
import { SandboxFiles } from '../../../server/sandboxes/files.ts';
import type { Scene } from '../../support/scene.ts';

export interface LinkTry {
  name: string;
  /** Throws where the link led out, or where the control did not work. */
  run(scene: Scene): Promise<void>;
}

const relay = ({ attacker }: Scene, name: Service) => new SocketLink(attacker.sandboxDir).dial(name);
const files = (scene: Scene) => new SandboxFiles(relay(scene, 'files'));

async function inside(scene: Scene, line: string): Promise<void> {
  const { code, stderr } = await scene.inside(scene.attacker, line);
  if (code !== 0) throw new Error(`${line}: ${stderr}`);
}

/** What the server reads at ~/link, which leads to `target`. */
async function readsThrough(scene: Scene, target: string): Promise<string | null> {
  await inside(scene, `ln -sfn '${target}' ~/link`);
  return files(scene).read('~/link');
}

const readLink = (what: string, target: (scene: Scene) => string): LinkTry => ({
  name: `the server reads a file that is a link to ${what}`,
  async run(scene) {
    expect(await readsThrough(scene, target(scene))).toBeNull();
    await inside(scene, 'echo own > ~/own');
    expect(await readsThrough(scene, '/root/own')).toBe('own\n');
  },
});

const engineLink = (what: string, target: (scene: Scene) => string): LinkTry => ({
  name: `the server asks an engine whose socket is a link to ${what}`,
  async run(scene) {
    const engine = () => new SandboxEngine(relay(scene, 'engine')).ping();
    await inside(scene, `[ -S /box/own ] || mv /box/engine.sock /box/own; ln -sfn '${target(scene)}' /box/engine.sock`);
    expect(await engine()).toBe(false);
    await inside(scene, 'ln -sfn /box/own /box/engine.sock');
    expect(await engine()).toBe(true);
  },
});

export const linkTries: readonly LinkTry[] = [
  readLink('a file of the host', ({ dir }) => join(dir, 'secret')),
  readLink('a file of the host through a process’s root', ({ dir }) => join('/proc/1/root', dir, 'secret')),
  readLink('the server’s database', ({ server }) => join(server.dataDir, 'slipway.db')),
  readLink('a socket in the relay folder', () => '/relay/shell.sock'),
  {
    name: 'the server writes a file below a link to the relay folder',
    async run(scene) {
      const write = async (target: string) => {
        await inside(scene, `ln -sfn ${target} ~/folder`);
        return files(scene)
          .write('~/folder/new', 'x')
          .then(
            () => 'written',
            (error) => error.code,
          );
      };
      expect(await write('/relay')).toBe('file-refused');
      expect(await write('/hub')).toBe('file-refused');
      expect(await write('/tmp')).toBe('written');
    },
  },
  {
    name: 'the server removes a link to a folder that it has put there',
    async run(scene) {
      await inside(scene, 'mkdir -p ~/kept && touch ~/kept/file && ln -sfn ~/kept ~/link && ln -sfn /hub ~/hub');
      await files(scene).remove('~/link');
      await files(scene).remove('~/hub');
      await inside(scene, '[ -e ~/kept/file ] && [ -e /hub/ca/slipway.crt ] && [ ! -e ~/link ] && [ ! -e ~/hub ]');
    },
  },
  engineLink('the host engine’s socket', () => '/var/run/docker.sock'),
  engineLink('the host engine’s socket through a process’s root', () => '/proc/1/root/run/docker.sock'),
  engineLink('its own terminal in the relay folder', () => '/relay/shell.sock'),
  engineLink('a neighbour’s engine', ({ neighbour }) => join(neighbour.sandboxDir, 'relay', 'engine.sock')),
  engineLink('itself', () => '/box/engine.sock'),
  {
    name: 'the server asks a registry whose socket is a link to the hub’s store',
    async run(scene) {
      const status = () => new RegistryClient('localhost:5000', relay(scene, 'registry')).status();
      await inside(
        scene,
        `printf 'HTTP/1.0 200 OK\\r\\ndocker-distribution-api-version: registry/2.0\\r\\ncontent-length: 2\\r\\n\\r\\n{}' > /tmp/answer
        setsid socat UNIX-LISTEN:/box/registry-own,fork,mode=666 SYSTEM:'head -1 >/dev/null; cat /tmp/answer' >/dev/null 2>&1 &
        until [ -S /box/registry-own ]; do sleep 0.01; done
        rm -f /box/registry.sock; ln -s '${join(scene.server.dataDir, 'hub/hub.sock')}' /box/registry.sock`,
      );
      expect(await status()).not.toBe('up');
      await inside(scene, 'ln -sfn /box/registry-own /box/registry.sock');
      expect(await status()).toBe('up');
    },
  },
];
