// How well a text fits what was typed: its letters in their order, best where they begin words or stand together.

/** Null where it does not fit; more is better. */
export function fitOf(typed: string, text: string): number | null {
  const wanted = typed.toLowerCase().replace(/\s+/g, '');
  const there = text.toLowerCase();
  let score = 0;
  let at = 0;
  let before = -2;
  for (const letter of wanted) {
    const begins = beginningOfWord(there, letter, at);
    const next = there.indexOf(letter, at);
    if (next === -1) return null;
    // The letter right after the one before is better than the beginning of a word further on.
    const found = next === before + 1 || begins === -1 ? next : begins;
    score += found === before + 1 ? 3 : found === begins ? 2 : 0;
    before = found;
    at = found + 1;
  }
  if (there.includes(typed.trim().toLowerCase())) score += 4;
  return score - there.length / 200;
}

function beginningOfWord(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return at;
  }
  return -1;
}

/** Those that fit, the best first; all of them, as they are, where nothing was typed. */
export function fitting<T>(typed: string, all: readonly T[], textOf: (one: T) => string): T[] {
  if (typed.trim() === '') return [...all];
  const scored = all.flatMap((one) => {
    const score = fitOf(typed, textOf(one));
    return score === null ? [] : [{ one, score }];
  });
  return scored.toSorted((a, b) => b.score - a.score).map(({ one }) => one);
}
