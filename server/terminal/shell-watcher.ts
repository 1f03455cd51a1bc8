// Reads a shell's output for its commands, as a watcher who never slows it, for as long as the sandbox is claimed.

import type { CommandRecord } from '../checks/types.ts';
import { HolderClient } from './holder-client.ts';
import type { Shell } from './screen-reading.ts';
import { ShellIntegration } from './shell-integration.ts';

export interface ShellWatcherOptions {
  shell: Shell;
  from: { terminal: string; byte: number } | null;
  /** All commands up to this byte have been told. */
  onRead: (terminal: string, byte: number) => void;
  onStart?: (line: string) => void;
  onCommand: (command: CommandRecord) => void;
  /** The terminal has printed all up to this byte. */
  onPrinted: (byte: number) => void;
  onEnded: () => void;
}

const RETRY_MS = [50, 100, 200, 500, 1000, 2000];

export class ShellWatcher {
  readonly #options: ShellWatcherOptions;
  readonly #closing = new AbortController();
  #from: { terminal: string; byte: number } | null;
  #integration: ShellIntegration | null = null;
  #failures = 0;

  constructor(options: ShellWatcherOptions) {
    this.#options = options;
    this.#from = options.from;
    void this.#watch();
  }

  get commandRunning(): boolean {
    return this.#integration?.commandRunning ?? false;
  }
  /** The command that runs at the prompt now, as typed, or null. */
  get runningLine(): string | null {
    return this.#integration?.runningLine ?? null;
  }

  close(): void {
    this.#closing.abort();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#attach().catch(() => {});
      if (signal.aborted) return;
      const delay = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)];
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, delay);
        signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
      });
    }
  }

  /** Resolves when the connection has ended. */
  async #attach(): Promise<void> {
    const { signal } = this.#closing;
    const { shell } = this.#options;
    const client = await HolderClient.connect(shell.shell, {
      role: 'watcher',
      terminal: shell.terminal,
      from: this.#from?.byte ?? 0,
      signal,
    });
    const { id } = client.welcome;
    if (this.#from && this.#from.terminal !== id) {
      // Another terminal's numbering: read this one from its beginning.
      this.#from = null;
      client.close();
      return;
    }
    this.#failures = 0;
    const integration = new ShellIntegration({
      nonce: shell.nonce,
      onStart: this.#options.onStart,
      onCommand: (command, endByte) => {
        this.#from = { terminal: id, byte: endByte };
        this.#options.onRead(id, endByte);
        this.#options.onCommand(command);
      },
    });
    this.#integration = integration;
    await new Promise<void>((resolve) => {
      client.onOutput = (bytes, offset) => {
        integration.push(bytes, offset);
        this.#options.onPrinted(offset + bytes.length);
      };
      client.onEnded = () => this.#options.onEnded();
      client.onGap = () => integration.gap();
      client.onClose = () => resolve();
      signal.addEventListener('abort', () => (client.close(), resolve()), { once: true });
      client.resume();
    });
    this.#integration = null;
  }
}
