// The one error type of the server: a stable code, what happened, and what to do next.

export interface SlipwayErrorOptions {
  /** What the reader should do next, as a full sentence. */
  next: string;
  /** HTTP status when the error reaches a client; 500 hides the message. */
  status?: number;
  cause?: unknown;
}

export class SlipwayError extends Error {
  readonly code: string;
  readonly next: string;
  readonly status: number;

  constructor(code: string, message: string, options: SlipwayErrorOptions) {
    super(message, { cause: options.cause });
    this.name = 'SlipwayError';
    this.code = code;
    this.next = options.next;
    this.status = options.status ?? 500;
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node.js system error (`ECONNREFUSED`, …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : systemCode(cause);
}
