// JSON of whoever wrote it, read without holding up everybody else.

/** Docker's deepest answers have about ten levels; parsing a million of them takes seconds. */
const MAX_DEPTH = 100;

/** What it says; undefined where it is no JSON, or deeper than any answer that is one of Docker's. */
export function jsonOf(body: Buffer | string): unknown {
  const text = body.toString();
  if (isDeeperThan(MAX_DEPTH, text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeperThan(most: number, text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inText) {
      if (char === '\\') at += 1;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === '[' || char === '{') {
      depth += 1;
      if (depth > most) return true;
    } else if (char === ']' || char === '}') depth -= 1;
  }
  return false;
}
