// A raw sandbox's terminal as a test types on it and reads it.
import { join } from 'node:path';
import { type Dial, socketDial } from '../../server/dial.ts';
import { HolderClient } from '../../server/terminal/holder-client.ts';
import { inTime, type RawSandbox, until } from './raw-sandbox.ts';

export interface Mark {
  kind: string;
  /** The command of an E, the exit code of a D. */
  value: string;
}

export class RawShell implements Disposable {
  readonly client: HolderClient;
  text = '';
  closed: { error: Error | undefined } | null = null;
  readonly #nonce: string;

  private constructor(client: HolderClient, nonce: string) {
    this.client = client;
    this.#nonce = nonce;
    client.onOutput = (bytes) => {
      this.text += bytes.toString('latin1');
    };
    client.onClose = (error) => {
      this.closed = { error };
    };
    client.resume();
  }

  static async open(sandbox: RawSandbox): Promise<RawShell> {
    const client = await inTime(
      'the holder’s WELCOME',
      HolderClient.connect(shellOf(sandbox), { role: 'owner', from: 0 }),
    );
    const shell = new RawShell(client, sandbox.nonce);
    await shell.until(() => shell.marks().some(({ kind }) => kind === 'B'), 'the first prompt');
    return shell;
  }

  type(keys: string): void {
    this.client.write(Buffer.from(keys));
  }

  until(holds: (text: string) => boolean, what: string, ms = 10_000): Promise<void> {
    return until(
      ms,
      () => `${what}; the terminal shows ${JSON.stringify(this.text.slice(-600))}`,
      () => holds(this.text),
    );
  }

  /** Types keys and answers what came until the prompt after them. */
  async run(keys: string, ms = 10_000): Promise<{ text: string; marks: Mark[] }> {
    const from = this.text.length;
    const prompts = () => this.marks(from).filter(({ kind }) => kind === 'B').length;
    this.type(keys);
    await this.until(() => prompts() > 0, `the prompt after ${JSON.stringify(keys)}`, ms);
    return { text: this.text.slice(from), marks: this.marks(from) };
  }

  /** The marks with the right nonce from a character on. */
  marks(from = 0): Mark[] {
    const found = this.text.slice(from).matchAll(/\x1b\]633;([A-Z])(?:;([^\x07;]*))?(?:;[0-9.]+)?;([0-9a-f]+)\x07/g);
    return [...found]
      .filter(([, , , nonce]) => nonce === this.#nonce)
      .map(([, kind = '', value = '']) => ({ kind, value }));
  }

  [Symbol.dispose](): void {
    this.client.close();
  }
}

export function shellOf({ relayDir }: RawSandbox): Dial {
  return socketDial(join(relayDir, 'shell.sock'));
}
