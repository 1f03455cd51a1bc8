// Keys typed while the line is away: kept for a short while, then refused. Late keys would come as a surprise.

import { KEPT_INPUT_BYTES, KEPT_INPUT_MS } from '../../../protocol/limits.ts';

export class KeptInput {
  private parts: Uint8Array<ArrayBuffer>[] = [];
  private bytes = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: 'empty' | 'kept' | 'refused' = 'empty';
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  get now(): 'empty' | 'kept' | 'refused' {
    return this.state;
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.state === 'refused') return;
    if (this.bytes + bytes.length > KEPT_INPUT_BYTES) return this.refuse();
    this.parts.push(bytes);
    this.bytes += bytes.length;
    if (this.state === 'kept') return;
    this.state = 'kept';
    // From the first key on: what was typed after it makes no sense without it.
    this.timer = setTimeout(() => this.refuse(), KEPT_INPUT_MS);
    this.onChange();
  }

  /** What was kept, in its order; nothing is kept or refused any more. */
  take(): Uint8Array<ArrayBuffer>[] {
    const { parts } = this;
    this.drop('empty');
    return parts;
  }

  refuse(): void {
    this.drop('refused');
    this.onChange();
  }

  dispose(): void {
    this.drop('empty');
  }

  private drop(state: 'empty' | 'refused'): void {
    clearTimeout(this.timer);
    this.parts = [];
    this.bytes = 0;
    this.state = state;
  }
}
