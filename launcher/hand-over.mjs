// Puts the entry in the launcher's place: by exec where Node.js can, otherwise as a child with the same terminal and signals.

import { spawn } from 'node:child_process';

/** Does not return where exec works; otherwise resolves when the child has ended, with its exit code or signal set as ours. */
export async function handOver(node, args, env) {
  if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...args], env);
  const child = spawn(node, args, { env, stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  process.on('SIGTERM', forward);
  process.on('SIGHUP', forward);
  // Ctrl-C at a terminal reaches the child by itself; a second one would mean "at once".
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on('SIGINT', atTerminal ? () => {} : forward);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (...ending) => resolve(ending));
  });
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exitCode = code;
  }
}
