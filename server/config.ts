// PROVISIONAL
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
export type Config = ReturnType<typeof readConfig>;
export function helpText(): string { return ''; }
export function readConfig(argv: string[], env: NodeJS.ProcessEnv) {
  const { values } = parseArgs({ args: argv, strict: false, options: Object.fromEntries(['host', 'port', 'data-dir', 'lessons-dir', 'warm-sandboxes', 'max-sandboxes'].map((name) => [name, { type: 'string' as const }])) });
  return {
    host: String(values.host ?? '127.0.0.1'), port: Number(values.port ?? 8080),
    dataDir: String(values['data-dir'] ?? env.SLIPWAY_DATA_DIR ?? (process.getuid?.() === 0 ? '/var/lib/slipway' : `${homedir()}/.local/share/slipway`)),
    lessonsDir: String(values['lessons-dir'] ?? fileURLToPath(new URL('../lessons', import.meta.url))),
    warmSandboxes: Number(values['warm-sandboxes'] ?? 2), maxSandboxes: Number(values['max-sandboxes'] ?? 20), sandboxMemoryMb: 1024, sandboxCpus: 1, sandboxPids: 1000, uidBase: 1_000_000_000,
    mode: 'offline' as 'auto' | 'offline' | 'online', hubUpstream: 'https://registry-1.docker.io', yes: false,
    dockerHost: env.DOCKER_HOST, logLevel: 'info' as string, publicUrl: undefined as string | undefined, help: false, version: false,
  };
}
