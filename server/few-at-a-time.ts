// Work on many things, a few at the same time.

/** The answers in the order of the things. Throws the first error, when nothing of it is still going on; no more is begun then. */
export async function fewAtATime<T, U>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<U>,
): Promise<U[]> {
  const answers: U[] = new Array(things.length);
  const errors: unknown[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < things.length && errors.length === 0; at = next++) {
      await work(things[at] as T).then(
        (answer) => {
          answers[at] = answer;
        },
        (error) => errors.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return answers;
}
