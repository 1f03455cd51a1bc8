// What the terminal benchmark asks of each program that it compares.

/** One open terminal, seen from where its page would be. */
export interface Line {
  onOutput: (bytes: Buffer) => void;
  type(keys: string): void;
  /** So many more bytes are on the screen: the rival's own page tells its server what it tells then. */
  parsed(bytes: number): void;
  close(): void;
}

export interface Rival extends AsyncDisposable {
  /** Its server; what that one has started counts, too. */
  readonly pid: number;
  /** Connects; output comes once `onOutput` is set, which is at once. */
  open(): Line;
  /** So many lines will be open at the same time. */
  prepare?(lines: number): Promise<void>;
}

/** What a page's socket tells its server of parsed bytes, each time these have become so many. */
export function every(bytes: number, tell: (parsed: number) => void): (parsed: number) => void {
  let pending = 0;
  return (parsed) => {
    pending += parsed;
    if (pending < bytes) return;
    tell(pending);
    pending = 0;
  };
}
