// Finds out that a socket is dead: a line that went away without a word leaves it open, and silent.

import { BEAT_MS, PROBE_MS } from '../../../protocol/limits.ts';

export class Heartbeat {
  private readonly ping: () => void;
  private readonly dead: () => void;
  private readonly interval: ReturnType<typeof setInterval>;
  private probing: ReturnType<typeof setTimeout> | undefined;
  private asked = false;

  constructor(ping: () => void, dead: () => void) {
    this.ping = ping;
    this.dead = dead;
    this.interval = setInterval(() => {
      if (this.asked) return this.dead();
      this.ask();
    }, BEAT_MS);
  }

  /** Something came. */
  heard(): void {
    this.asked = false;
    clearTimeout(this.probing);
    this.probing = undefined;
  }

  /** Asks now, and waits for a short while only. */
  probe(): void {
    if (this.probing !== undefined) return;
    this.ask();
    this.probing = setTimeout(this.dead, PROBE_MS);
  }

  stop(): void {
    clearInterval(this.interval);
    clearTimeout(this.probing);
  }

  private ask(): void {
    this.asked = true;
    this.ping();
  }
}
