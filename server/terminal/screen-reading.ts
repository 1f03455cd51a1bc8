// Reads on from the kept screen of a terminal to what it shows now, and keeps that.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Dial } from '../dial.ts';
import { HolderClient } from './holder-client.ts';
import { readKept, writeKept } from './kept-screen.ts';
import type { FromScreen, ScreenThreadData, ToScreen } from './screen-thread.ts';

const MOST_MS = 30_000;

/** One of a sandbox's terminals. */
export interface Shell {
  readonly shell: Dial;
  readonly terminal: number;
  readonly nonce: string;
  /** Where its screen is kept. */
  readonly screenFile: string;
}

/** The byte that what is kept is of; null where nothing could be kept: the sandbox is gone, or it prints half a sequence and no more. */
export async function readScreen(shell: Shell): Promise<number | null> {
  const signal = AbortSignal.timeout(MOST_MS);
  const { nonce, screenFile } = shell;
  const found = await readKept(screenFile);
  let client = await watch(shell, found?.byte ?? 0, signal);
  const kept = found?.terminal === client.welcome.id ? found : null;
  if (found && !kept) {
    client.close();
    client = await watch(shell, 0, signal);
  }
  const { id, next: goal, start, cols, rows } = client.welcome;
  using screen = new ScreenThread({ nonce, ...(kept ?? { cols, rows, picture: '' }) });
  let byte = start;
  if (start > (kept?.byte ?? 0)) await screen.tell({ type: 'gap' });
  const take = async (bytes: Buffer<ArrayBuffer>, offset: number): Promise<boolean> => {
    const { settled } = await screen.tell({ type: 'bytes', bytes });
    byte = offset + bytes.length;
    return settled && byte >= goal;
  };
  const whole = await new Promise<boolean>((resolve, reject) => {
    /** One after the other, in the order in which they came. */
    let told = Promise.resolve<unknown>(null);
    client.onOutput = (bytes, offset) => {
      client.pause();
      const copy = Buffer.from(bytes);
      told
        .then(() => take(copy, offset))
        .then((done) => (done ? resolve(true) : client.resume()))
        .catch(reject);
    };
    const tell = (message: ToScreen) => {
      told = told.then(() => screen.tell(message));
      told.catch(reject);
    };
    client.onResized = (size) => tell({ type: 'size', ...size });
    client.onGap = () => tell({ type: 'gap' });
    client.onClose = () => resolve(false);
    client.resume();
  }).finally(() => client.close());
  const { picture } = whole ? await screen.tell({ type: 'picture' }) : {};
  if (!picture) return null;
  await writeKept(screenFile, { terminal: id, byte, ...picture });
  return byte;
}

function watch({ shell, terminal }: Shell, from: number, signal: AbortSignal): Promise<HolderClient> {
  return HolderClient.connect(shell, { role: 'watcher', terminal, from, signal });
}

/** One message is answered before the next is sent. */
class ScreenThread {
  readonly #worker: Worker;

  constructor(workerData: ScreenThreadData) {
    this.#worker = new Worker(new URL('./screen-thread.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 },
    });
  }

  async tell(message: ToScreen): Promise<FromScreen> {
    const answer = once(this.#worker, 'message');
    this.#worker.postMessage(message);
    return (await answer)[0] as FromScreen;
  }

  [Symbol.dispose](): void {
    void this.#worker.terminate();
  }
}
