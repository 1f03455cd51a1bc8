// The form of one explained error.

/** An id, what the output contains, what that means, and what to do next; `{1}` is the first group. */
export type Row = readonly [id: string, pattern: RegExp, meaning: string, next: string];
