// What the terminal has shown, with its times, for a download as asciicast v2.
// https://docs.asciinema.org/manual/asciicast/v2/

type Size = { cols: number; rows: number };
type Event = { at: number } & ({ bytes: Uint8Array } | Size);

/** Of output that is kept; the oldest goes. */
const MOST_BYTES = 8 * 1024 * 1024;
/** A player does not wait longer than so many seconds. */
const IDLE_SECONDS = 3;
/** The shell's marks are for this page, and end with a secret. */
const MARKS = /\x1b\]633;[^\x07]*\x07/g;
/** Milliseconds since 1970 that never go back, as those of a clock that is set can. */
const steadyNow = (): number => performance.timeOrigin + performance.now();
const BEGUN_MARK = /\x1b(?:\](?:6(?:3(?:3(?:;[^\x07]*)?)?)?)?)?$/;

export class Recording {
  private readonly now: () => number;
  private readonly mostBytes: number;
  private events: Event[] = [];
  private bytes = 0;
  /** At the first event that is kept. */
  private size: Size;

  constructor(size: Size, now = steadyNow, mostBytes = MOST_BYTES) {
    this.size = size;
    this.now = now;
    this.mostBytes = mostBytes;
  }

  output(bytes: Uint8Array): void {
    this.events.push({ at: this.now(), bytes });
    this.bytes += bytes.length;
    // Seldom, and then a piece: an array loses its beginning slowly.
    if (this.bytes <= this.mostBytes * 1.1) return;
    let gone = 0;
    for (; this.bytes > this.mostBytes; gone += 1) {
      const event = this.events[gone];
      if (!event) break;
      if ('bytes' in event) this.bytes -= event.bytes.length;
      else this.size = { cols: event.cols, rows: event.rows };
    }
    this.events.splice(0, gone);
  }

  resize({ cols, rows }: Size): void {
    this.events.push({ at: this.now(), cols, rows });
  }

  /** The whole file. */
  asciicast(title: string): string {
    const begin = this.events[0]?.at ?? this.now();
    const { cols, rows } = this.size;
    const timestamp = Math.floor(begin / 1000);
    const header = { version: 2, width: cols, height: rows, timestamp, idle_time_limit: IDLE_SECONDS, title };
    const lines = [JSON.stringify(header)];
    const decoder = new TextDecoder();
    let rest = '';
    for (const event of this.events) {
      const at = Math.round(event.at - begin) / 1000;
      if (!('bytes' in event)) {
        lines.push(JSON.stringify([at, 'r', `${event.cols}x${event.rows}`]));
        continue;
      }
      const text = (rest + decoder.decode(event.bytes, { stream: true })).replace(MARKS, '');
      rest = BEGUN_MARK.exec(text)?.[0] ?? '';
      const whole = text.slice(0, text.length - rest.length);
      if (whole !== '') lines.push(JSON.stringify([at, 'o', whole]));
    }
    return `${lines.join('\n')}\n`;
  }
}
